import { z } from "zod";

export const SearchCustomers = z.object({
  q: z.string().max(200).default(""),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});
export type SearchCustomers = z.output<typeof SearchCustomers>;

/** What the small wheel before a name shows: the departments that were involved and whose turn it is, by position. */
export type WheelFacts = {
  involved: number[];
  /** Position of the accountable spoke; 0 is the hub itself. */
  baton: number;
  isLate: boolean;
};

/** A customer that search found. */
export type FoundCustomer = {
  id: string;
  name: string;
  place: string | null;
  stageName: string;
  status: string;
  oscName: string;
  wheel: WheelFacts;
};
