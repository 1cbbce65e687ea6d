import { z } from "zod";
import { setParent } from "../accounts/commands";
import { getAccount } from "../accounts/queries";
import { SetParent } from "../accounts/schema";
import { ById, endpoint } from "../server/api-endpoint";

const Part = z.object({ id: z.uuid().nullable(), name: z.string().nullable() });

export const Account = z
  .object({
    version: z.number().meta({ description: "0 while the record never belonged to an account" }),
    parent: Part.nullable().meta({ description: "Without a name for who may not see it" }),
    others: z.array(Part).meta({ description: "The children of a parent, the siblings of a child" }),
  })
  .meta({ id: "Account" });

const tag = "Customers";

/** Which records are one account. */
export const accountEndpoints = [
  endpoint({
    method: "GET",
    path: "/customers/{id}/account",
    tag,
    summary: "The account that the record belongs to, and what else is part of it.",
    permission: "Whoever may see the customer.",
    params: ById,
    response: Account,
    handle: getAccount,
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/account",
    tag,
    summary: "Make the record part of an account, or of none; what one part was offered binds the sellers of all.",
    permission: "Manager.",
    params: ById,
    body: SetParent.omit({ customerId: true }),
    response: z.object({ version: z.number() }),
    handle: (ctx, { id, ...input }) => setParent(ctx, { customerId: id, ...input }),
  }),
];
