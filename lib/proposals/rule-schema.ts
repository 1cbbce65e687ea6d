import { z } from "zod";
import { type ApprovalTier, approvalTiers, type Band } from "./price";

const date = z.iso.date();

/** Lends one's own tier to a colleague between two days. */
export const DelegateAuthority = z.strictObject({
  memberId: z.uuid(),
  tier: z.enum(approvalTiers),
  validFrom: date.optional(),
  validTo: date,
});
export type DelegateAuthority = z.output<typeof DelegateAuthority>;

const share = z.number().int().min(0).max(10_000);
export const PriceBand = z
  .strictObject({
    /** List totals below so many major units of the workspace's currency; null for all that is left. */
    below: z.number().int().min(1).max(1_000_000_000_000).nullable(),
    /** The largest discounts that the seller, a manager and a director may give; beyond is a vice president's. */
    repBp: share,
    managerBp: share,
    directorBp: share,
  })
  .refine(({ repBp, managerBp }) => repBp <= managerBp, { path: ["managerBp"], error: "not_rising" })
  .refine(({ managerBp, directorBp }) => managerBp <= directorBp, { path: ["directorBp"], error: "not_rising" });

export const SetPricePolicy = z.strictObject({
  /** The number of the newest policy that was read; 0 while there is none. */
  version: z.number().int().min(0),
  bands: z
    .array(PriceBand)
    .min(1)
    .max(6)
    .refine((bands) => bands.at(-1)?.below === null, { error: "no_catch_all" })
    .refine(
      (bands) =>
        bands.every(({ below }, place) => {
          const next = bands[place + 1]?.below;
          return place === bands.length - 1 || (below !== null && (next === null || (next ?? 0) > below));
        }),
      { error: "not_rising" },
    ),
  marginFloorBp: share,
  /** The first day it holds; today when left out, and never a day that is past. */
  validFrom: date.optional(),
});
export type SetPricePolicy = z.output<typeof SetPricePolicy>;

export type PricePolicyView = {
  number: number;
  bands: Band[];
  marginFloorBp: number;
  validFrom: string;
  createdAt: string;
  byName: string | null;
  standing: "in_force" | "announced" | "past";
};

export type AuthorityView = {
  id: string;
  version: number;
  memberId: string;
  memberName: string;
  tier: ApprovalTier;
  validFrom: string;
  validTo: string | null;
  delegatedByName: string | null;
  standing: "in_force" | "announced" | "past";
  /** Whether the reader may end it. */
  mayEnd: boolean;
};

/** Who approves what: the matrix in force and its versions, and everybody who holds a tier by name and date. */
export type PriceRules = {
  /** The number of the newest policy, to be named in the next one. */
  version: number;
  inForce: { bands: Band[]; marginFloorBp: number; number: number | null };
  policies: PricePolicyView[];
  authorities: AuthorityView[];
  /** The tiers that nobody holds today. */
  emptyTiers: ApprovalTier[];
  /** The tiers that the reader may lend. */
  lendable: ApprovalTier[];
  mayEdit: boolean;
};
