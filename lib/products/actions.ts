"use server";

import { action } from "../server/action";
import { addPriceBook, addProduct, editPriceBook, editProduct } from "./commands";
import { AddPriceBook, AddProduct, EditPriceBook, EditProduct } from "./schema";

export const addProductAction = action(AddProduct, addProduct);
export const editProductAction = action(EditProduct, editProduct);
export const addPriceBookAction = action(AddPriceBook, addPriceBook);
export const editPriceBookAction = action(EditPriceBook, editPriceBook);
