import { z } from "zod";
import type { AccountView } from "../accounts/schema";
import type { SellingTeamView } from "../selling-teams/schema";
import type { Rate } from "../statistics/rate";
import type { ConflictKind } from "./conflict";
import { type ApprovalTier, approvalTiers } from "./price";

export const proposalStates = [
  "draft",
  "pending_approval",
  "approved",
  "presented",
  "accepted",
  "declined",
  "expired",
  "withdrawn",
  "superseded",
] as const;
export type ProposalState = (typeof proposalStates)[number];

const key = { id: z.uuid(), version: z.number().int() };
const date = z.iso.date();

export const ProposalLineInput = z.strictObject({
  productId: z.uuid(),
  quantity: z.number().int().min(1).max(100_000),
  discountBp: z.number().int().min(0).max(10_000).default(0),
  /** Whether the customer may take it or leave it. */
  isOptional: z.boolean().default(false),
});

const content = {
  lines: z.array(ProposalLineInput).min(1).max(100),
  /** What it covers, to find what speaks of the same; left out, the names of its products. */
  scopeTags: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(40).default([]),
  termMonths: z.number().int().min(1).max(120).default(1),
  freeMonths: z.number().int().min(0).max(119).default(0),
  validTo: date,
  note: z.string().trim().max(2_000).default(""),
};

export const DraftProposal = z.strictObject({
  customerId: z.uuid(),
  /** What she needs it for, such as `Lot 42`; there is one offer of record per need. */
  need: z.string().trim().min(1).max(200),
  priceBookId: z.uuid(),
  ...content,
  /** The offer of record that this one takes the place of when it is presented. */
  supersedesId: z.uuid().optional(),
});
export type DraftProposal = z.output<typeof DraftProposal>;

export const EditProposal = z.strictObject({ ...key, ...content });
export type EditProposal = z.output<typeof EditProposal>;

export const DraftOptions = z.strictObject({
  ...key,
  /** All that the customer may choose from; what is not among them is no option any more. */
  options: z
    .array(ProposalLineInput.pick({ productId: true, quantity: true }))
    .max(100)
    .refine((all) => new Set(all.map(({ productId }) => productId)).size === all.length, "duplicate"),
});
export type DraftOptions = z.output<typeof DraftOptions>;

export const MoveProposal = z.strictObject(key);
export type MoveProposal = z.output<typeof MoveProposal>;

/** The customer's yes, with the places of the options that she takes. */
export const AcceptProposal = z.strictObject({ ...key, options: z.array(z.number().int().min(0)).max(100).optional() });
export type AcceptProposal = z.output<typeof AcceptProposal>;

export const ResolveConflict = z.strictObject({
  ...key,
  /** What the customer is told about the offers that give way, in her words; empty for nothing. */
  message: z.string().trim().max(500).optional(),
});
export type ResolveConflict = z.output<typeof ResolveConflict>;

export const WaiveConflict = z.strictObject({ ...key, reason: z.string().trim().min(1).max(2_000) });
export type WaiveConflict = z.output<typeof WaiveConflict>;

export const DecideProposal = z.strictObject({ ...key, note: z.string().trim().max(2_000).default("") });
export type DecideProposal = z.output<typeof DecideProposal>;

export const EndProposal = z.strictObject({ ...key, reason: z.string().trim().min(1).max(2_000) });
export type EndProposal = z.output<typeof EndProposal>;

export const GrantAuthority = z.strictObject({
  memberId: z.uuid(),
  tier: z.enum(approvalTiers),
  validFrom: date.optional(),
  validTo: date.nullable().default(null),
});
export type GrantAuthority = z.output<typeof GrantAuthority>;

/** Which proposals a list shows; the last four are the rows behind the figures of the report. */
export const proposalShows = [
  "live",
  "waiting",
  "conflicts",
  "all",
  "beyond_authority",
  "many_prices",
  "decided_conflicts",
  "handed_in",
] as const;

export const ProposalsInput = z.strictObject({
  show: z.enum(proposalShows).default("live"),
  customerId: z.uuid().optional(),
  sellerId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type ProposalsInput = z.output<typeof ProposalsInput>;

/** A proposal as a list shows it; amounts in minor units of its currency. */
export type ProposalRow = {
  id: string;
  version: number;
  customerId: string;
  customerName: string;
  need: string;
  sellerId: string;
  sellerName: string;
  state: ProposalState;
  isOfferOfRecord: boolean;
  currency: string;
  isTaxIncluded: boolean;
  taxBp: number | null;
  listMinor: number;
  netMinor: number;
  monthlyMinor: number;
  termMonths: number;
  freeMonths: number;
  discountBp: number;
  validTo: string;
  createdAt: string;
  presentedAt: string | null;
  conflicts: number;
  /** Whether the reader is one of those whose approval it waits for. */
  waitsForMe: boolean;
};

export type ProposalLineView = {
  productId: string;
  productName: string;
  quantity: number;
  recurrence: "once" | "monthly";
  unitMinor: number;
  discountBp: number;
  netMinor: number;
  position: number;
  isOptional: boolean;
};
export type ApprovalView = {
  tier: ApprovalTier;
  requestedAt: string;
  dueAt: string;
  decision: "approved" | "rejected" | "void" | null;
  decidedAt: string | null;
  decidedByName: string | null;
  note: string;
};
export const conflictSeverities = ["low", "medium", "high"] as const;
export type ConflictSeverity = (typeof conflictSeverities)[number];

export type ConflictView = {
  id: string;
  otherId: string;
  otherSellerName: string;
  otherNetMinor: number;
  otherCurrency: string;
  otherState: ProposalState;
  otherAt: string;
  isOtherOfRecord: boolean;
  kinds: ConflictKind[];
  gap: number;
  overlap: number;
  state: "open" | "resolved" | "waived";
  version: number;
  /** How bad it is: nobody outside has seen either, the customer saw one, or she holds both (DOMAIN D3). */
  severity: ConflictSeverity;
  /** Whether the other was offered to another record of the same account. */
  isOtherPart: boolean;
  /** Whether the other was offered to another record that may be the same customer. */
  isPotential: boolean;
  /** That record's name, for who may see it. */
  otherCustomerName: string | null;
  waivedReason: string | null;
};

/** The offer that binds every seller: who offered what, when. */
export type OfferOfRecord = {
  id: string;
  need: string;
  sellerName: string;
  netMinor: number;
  currency: string;
  state: ProposalState;
  at: string;
  validTo: string;
  /** Whether it was made to another record of the same account (DOMAIN D2). */
  isOtherPart: boolean;
  /** That record's name, for who may see it. */
  otherCustomerName: string | null;
};

export type ProposalView = ProposalRow & {
  revision: number;
  scopeTags: string[];
  priceBookId: string;
  note: string;
  /** Null for who neither sells nor approves, and while a cost is not known. */
  marginBp: number | null;
  authorityBp: number | null;
  tiers: string[];
  supersedesId: string | null;
  approvedAt: string | null;
  endedReason: string;
  /** What the customer is told about an offer that gave way. */
  withdrawnMessage: string | null;
  lines: ProposalLineView[];
  /** What it comes to with every option; null where there are none. */
  fullNetMinor: number | null;
  /** The places of the options that she took; null until she accepts. */
  chosenOptions: number[] | null;
  approvals: ApprovalView[];
  conflictList: ConflictView[];
  /** How far the open prices for its need lie apart, in its currency, its own among them; null for fewer than three (DOMAIN F51). */
  spread: { count: number; spread: number; cv: number } | null;
  offerOfRecord: OfferOfRecord | null;
  mayEdit: boolean;
  /** Whether the reader writes options into this draft and nothing else of it. */
  mayDraftOptions: boolean;
  mayResolve: boolean;
  mayWaive: boolean;
};

export type InHand = {
  offers: {
    id: string;
    need: string;
    state: ProposalState;
    isOfferOfRecord: boolean;
    netMinor: number;
    monthlyMinor: number;
    currency: string;
    byName: string;
    at: string;
    validTo: string;
  }[];
  promises: { id: string; text: string; byName: string; madeAt: string; dueAt: string; isLate: boolean }[];
  /** Who sells to her together. */
  team: SellingTeamView;
  /** What is part of her account: an offer to one binds the sellers of all. */
  account: AccountView;
};

export type DiscountReport = {
  currency: string;
  proposals: number;
  withinAuthority: Rate;
  leakageMinor: number;
  customersInConflict: Rate;
  conflictsDecided: Rate;
  /** The median of those decided; null while none was. */
  hoursToDecide: number | null;
  sellers: { sellerId: string; sellerName: string; n: number; effect: number | null; needs: number }[];
};
