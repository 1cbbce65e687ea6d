import { z } from "zod";

export const SetParent = z.strictObject({
  customerId: z.uuid(),
  /** The version that was read; 0 while it never belonged to an account. */
  version: z.number().int().min(0),
  /** The account that it belongs to; null for none. */
  parentId: z.uuid().nullable(),
});
export type SetParent = z.output<typeof SetParent>;

/** A record of an account; without a name for who may not see it. */
export type AccountPart = { id: string | null; name: string | null };

export type AccountView = {
  /** 0 while the record never belonged to an account. */
  version: number;
  parent: AccountPart | null;
  /** What else belongs to the account: the children of a parent, the siblings of a child. */
  others: AccountPart[];
};
