"use server";

import { action } from "../server/action";
import { addPerson, makePrimaryPerson, updateCustomer, updatePerson } from "./commands";
import { addContactPoint, removeContactPoint, verifyContactPoint } from "./contact-commands";
import { createCustomer } from "./create";
import { keepApart } from "./keep-apart";
import { mergeCustomers } from "./merge";
import {
  AddContactPoint,
  AddPerson,
  ContactPointKey,
  CreateCustomer,
  KeepApart,
  MakePrimaryPerson,
  MergeCustomers,
  UnmergeCustomers,
  UpdateCustomer,
  UpdatePerson,
} from "./schema";
import { unmergeCustomers } from "./unmerge";

export const createCustomerAction = action(CreateCustomer, createCustomer);
export const updateCustomerAction = action(UpdateCustomer, updateCustomer);
export const addPersonAction = action(AddPerson, addPerson);
export const updatePersonAction = action(UpdatePerson, updatePerson);
export const makePrimaryPersonAction = action(MakePrimaryPerson, makePrimaryPerson);
export const addContactPointAction = action(AddContactPoint, addContactPoint);
export const removeContactPointAction = action(ContactPointKey, removeContactPoint);
export const verifyContactPointAction = action(ContactPointKey, verifyContactPoint);
export const mergeCustomersAction = action(MergeCustomers, mergeCustomers);
export const unmergeCustomersAction = action(UnmergeCustomers, unmergeCustomers);
export const keepApartAction = action(KeepApart, keepApart);
