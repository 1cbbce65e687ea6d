import { z } from "zod";
import { addPriceBook, addProduct, editPriceBook, editProduct } from "../products/commands";
import { listKeptPriceBooks, listPriceBooks, listProducts } from "../products/queries";
import { AddPriceBook, AddProduct, EditPriceBook, EditProduct } from "../products/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Product = z
  .object({ id: z.uuid(), name: z.string(), family: z.string(), isArchived: z.boolean(), version: z.number() })
  .meta({ id: "Product" });

const PriceBook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    currency: z.string(),
    rateMicro: z
      .number()
      .nullable()
      .meta({ description: "Units of the workspace's currency for one of this, in millionths" }),
    isTaxIncluded: z
      .boolean()
      .meta({ description: "Whether its prices hold the tax; what is compared, is without it" }),
    taxBp: z.number().nullable().meta({ description: "The tax in basis points; null while nobody said" }),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    version: z.number(),
    lines: z.array(
      z.object({
        productId: z.uuid(),
        productName: z.string(),
        family: z.string(),
        recurrence: z.enum(["once", "monthly"]),
        unitMinor: z.number().meta({ description: "Minor units of the book's currency" }),
      }),
    ),
  })
  .meta({ id: "PriceBook" });

const KeptPriceBook = z
  .object({
    ...PriceBook.shape,
    standing: z.enum(["in_force", "announced", "past"]),
    lines: z.array(
      z.object({
        ...PriceBook.shape.lines.element.shape,
        costMinor: z.number().nullable().meta({ description: "Null while nobody knows; then no margin is judged" }),
        isArchived: z.boolean(),
      }),
    ),
  })
  .meta({ id: "KeptPriceBook" });

const Made = z.object({ id: z.uuid(), version: z.number() });
const Version = z.object({ version: z.number() });
const tag = "Proposals";
const keepers = "Manager, Admin.";

/** What is sold, and at which list prices. */
export const productEndpoints = [
  endpoint({
    method: "GET",
    path: "/products",
    tag,
    summary: "What is sold, by name; what was taken off sale last.",
    permission: "Everybody.",
    response: pageOf(Product),
    handle: async (ctx) => ({ data: await listProducts(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/products",
    tag,
    summary: "Add a product.",
    permission: keepers,
    body: AddProduct,
    response: Made,
    status: 201,
    handle: addProduct,
  }),
  endpoint({
    method: "PATCH",
    path: "/products/{id}",
    tag,
    summary: "Change a product's family, or take it off sale.",
    permission: keepers,
    params: ById,
    body: EditProduct.omit({ id: true }),
    response: Version,
    handle: editProduct,
  }),
  endpoint({
    method: "GET",
    path: "/price-books",
    tag,
    summary: "The price books that hold today with their lines, the newest first.",
    permission: "Everybody.",
    response: pageOf(PriceBook),
    handle: async (ctx) => ({ data: await listPriceBooks(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/price-books/all",
    tag,
    summary: "Every price book with its costs, also those that ended or were announced, the latest first.",
    permission: keepers,
    response: pageOf(KeptPriceBook),
    handle: async (ctx) => ({ data: await listKeptPriceBooks(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/price-books",
    tag,
    summary: "Add a book of list prices with its lines, in the place of another when that one is named.",
    permission: keepers,
    body: AddPriceBook,
    response: Made,
    status: 201,
    handle: addPriceBook,
  }),
  endpoint({
    method: "PATCH",
    path: "/price-books/{id}",
    tag,
    summary: "Set a price book's rate or its last day.",
    permission: keepers,
    params: ById,
    body: EditPriceBook.omit({ id: true }),
    response: Version,
    handle: editPriceBook,
  }),
];
