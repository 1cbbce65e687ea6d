import { z } from "zod";
import { conflictKinds } from "../proposals/conflict";
import { approvalTiers } from "../proposals/price";
import { conflictSeverities, proposalStates } from "../proposals/schema";
import { Account } from "./accounts";
import { Share } from "./rate";
import { SellingTeam } from "./selling-teams";

export const State = z.enum(proposalStates);
export const ProposalRow = z
  .object({
    id: z.uuid(),
    version: z.number(),
    customerId: z.uuid(),
    customerName: z.string(),
    need: z.string(),
    sellerId: z.uuid(),
    sellerName: z.string(),
    state: State,
    isOfferOfRecord: z.boolean().meta({ description: "The one offer per customer and need that binds every seller" }),
    currency: z.string(),
    isTaxIncluded: z.boolean().meta({ description: "Whether the amounts hold the tax" }),
    taxBp: z.number().nullable().meta({ description: "Basis points; null while nobody said" }),
    listMinor: z.number().meta({ description: "Minor units, like every amount" }),
    netMinor: z.number(),
    monthlyMinor: z.number().meta({ description: "Monthly equivalent over the whole term (DOMAIN F50b)" }),
    ...{ termMonths: z.number(), freeMonths: z.number(), discountBp: z.number() },
    ...{ validTo: z.string(), createdAt: z.string() },
    presentedAt: z.string().nullable(),
    conflicts: z.number(),
    waitsForMe: z.boolean(),
  })
  .meta({ id: "ProposalSummary" });

const Offer = z.object({
  ...{ id: z.uuid(), need: z.string(), sellerName: z.string(), netMinor: z.number(), currency: z.string() },
  ...{ state: State, at: z.string(), validTo: z.string() },
  isOtherPart: z.boolean().meta({ description: "Made to another record of the same account (DOMAIN D2)" }),
  otherCustomerName: z.string().nullable().meta({ description: "Null for who may not see that record" }),
});

export const Proposal = z
  .object({
    ...ProposalRow.shape,
    revision: z.number(),
    scopeTags: z.array(z.string()),
    priceBookId: z.uuid(),
    note: z.string(),
    marginBp: z.number().nullable().meta({ description: "Null for who neither sells nor approves" }),
    authorityBp: z.number().nullable().meta({ description: "What the seller may give on her own" }),
    tiers: z.array(z.string()),
    supersedesId: z.uuid().nullable(),
    approvedAt: z.string().nullable(),
    endedReason: z.string(),
    withdrawnMessage: z
      .string()
      .nullable()
      .meta({ description: "What the customer is told about an offer that gave way" }),
    lines: z.array(
      z.object({
        ...{
          productId: z.uuid(),
          productName: z.string(),
          quantity: z.number(),
          recurrence: z.enum(["once", "monthly"]),
        },
        ...{ unitMinor: z.number(), discountBp: z.number(), netMinor: z.number() },
        ...{ position: z.number(), isOptional: z.boolean() },
      }),
    ),
    fullNetMinor: z.number().nullable().meta({ description: "With every option; null where there are none" }),
    chosenOptions: z
      .array(z.number())
      .nullable()
      .meta({ description: "Places of the options taken; null until accepted" }),
    approvals: z.array(
      z.object({
        ...{ tier: z.enum(approvalTiers), requestedAt: z.string(), dueAt: z.string() },
        ...{ decision: z.enum(["approved", "rejected", "void"]).nullable(), decidedAt: z.string().nullable() },
        ...{ decidedByName: z.string().nullable(), note: z.string() },
      }),
    ),
    conflictList: z.array(
      z.object({
        ...{ id: z.uuid(), otherId: z.uuid(), otherSellerName: z.string(), otherNetMinor: z.number() },
        ...{ otherCurrency: z.string(), otherState: State, otherAt: z.string(), isOtherOfRecord: z.boolean() },
        ...{ kinds: z.array(z.enum(conflictKinds)), gap: z.number(), overlap: z.number() },
        ...{ state: z.enum(["open", "resolved", "waived"]), version: z.number(), waivedReason: z.string().nullable() },
        severity: z.enum(conflictSeverities).meta({ description: "How many of the two the customer was shown" }),
        isOtherPart: z.boolean().meta({ description: "Between two records of one account (DOMAIN D2)" }),
        isPotential: z.boolean().meta({ description: "Between two records that may be one customer (DOMAIN D2)" }),
        otherCustomerName: z.string().nullable().meta({ description: "Null for who may not see that customer" }),
      }),
    ),
    spread: z
      .object({ count: z.number(), spread: z.number(), cv: z.number() })
      .nullable()
      .meta({ description: "How far the open prices for its need lie apart; null for fewer than three (DOMAIN F51)" }),
    offerOfRecord: Offer.nullable(),
    mayEdit: z.boolean(),
    mayDraftOptions: z.boolean(),
    mayResolve: z.boolean(),
    mayWaive: z.boolean(),
  })
  .meta({ id: "Proposal" });

export const InHand = z
  .object({
    offers: z.array(
      z.object({
        ...{ id: z.uuid(), need: z.string(), state: State, isOfferOfRecord: z.boolean(), netMinor: z.number() },
        ...{ monthlyMinor: z.number(), currency: z.string(), byName: z.string(), at: z.string(), validTo: z.string() },
      }),
    ),
    promises: z.array(
      z.object({
        ...{ id: z.uuid(), text: z.string(), byName: z.string(), madeAt: z.string(), dueAt: z.string() },
        isLate: z.boolean(),
      }),
    ),
    team: SellingTeam,
    account: Account,
  })
  .meta({ id: "InHand" });

export const Discounts = z
  .object({
    currency: z.string(),
    proposals: z.number(),
    withinAuthority: Share,
    leakageMinor: z.number(),
    customersInConflict: Share,
    conflictsDecided: Share,
    hoursToDecide: z.number().nullable().meta({ description: "Median hours of those decided; null while none was" }),
    sellers: z.array(
      z.object({
        ...{ sellerId: z.uuid(), sellerName: z.string(), n: z.number() },
        effect: z.number().nullable().meta({ description: "Null below 20 proposals (DOMAIN F53)" }),
        needs: z.number(),
      }),
    ),
  })
  .meta({ id: "DiscountReport" });
