import { z } from "zod";

/** What to look for in the audit log; every part narrows the others. */
export const AuditSearch = z.object({
  /** Start of an action, such as `customer.` */
  action: z.string().trim().max(80).default(""),
  /** Part of a subject: a table, an id, or both. */
  subject: z.string().trim().max(120).default(""),
  /** Part of a member's name, or system, key, customer. */
  actor: z.string().trim().max(120).default(""),
  /** Rows before this number, for the next page. */
  before: z.coerce.number().int().positive().optional(),
});
export type AuditSearch = z.output<typeof AuditSearch>;

export type AuditEntryView = {
  seq: number;
  at: string;
  actor: string;
  /** Name of the member or the key; null for the system and for who is gone. */
  actorName: string | null;
  action: string;
  subject: string;
  detail: string;
  hash: string;
};
