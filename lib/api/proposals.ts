import { z } from "zod";
import { offerLink } from "../offers/commands";
import { approveProposal, rejectProposal, submitProposal } from "../proposals/approvals";
import {
  acceptProposal,
  declineProposal,
  draftProposal,
  editProposal,
  presentProposal,
  resolveConflict,
  withdrawProposal,
} from "../proposals/commands";
import { conflictKinds } from "../proposals/conflict";
import { approvalTiers } from "../proposals/price";
import { getInHand, getProposal, listProposals } from "../proposals/queries";
import { reportDiscounts } from "../proposals/report";
import {
  DecideProposal,
  DraftProposal,
  EditProposal,
  EndProposal,
  MoveProposal,
  ProposalsInput,
  proposalStates,
  ResolveConflict,
  WaiveConflict,
} from "../proposals/schema";
import { waiveConflict } from "../proposals/waive";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Share } from "./rate";
import { SellingTeam } from "./selling-teams";

const State = z.enum(proposalStates);
const ProposalRow = z
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
});

const Proposal = z
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
      }),
    ),
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
        isPotential: z.boolean().meta({ description: "Between two records that may be one customer (DOMAIN D2)" }),
        otherCustomerName: z.string().nullable().meta({ description: "Null for who may not see that customer" }),
      }),
    ),
    offerOfRecord: Offer.nullable(),
    mayEdit: z.boolean(),
    mayResolve: z.boolean(),
    mayWaive: z.boolean(),
  })
  .meta({ id: "Proposal" });

const InHand = z
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
  })
  .meta({ id: "InHand" });

const Discounts = z
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

const Version = z.object({ version: z.number() });
const Answer = z.object({ version: z.number(), state: State });
const tag = "Proposals";
const readers = "Its seller, who approves it, and whoever may see the customer.";
const sellers = "Its seller, Manager.";

const decision = (name: "approve" | "reject", summary: string, handle: typeof approveProposal) =>
  endpoint({
    method: "POST",
    path: `/proposals/{id}/${name}`,
    tag,
    summary,
    permission: "Whoever holds a tier it waits for; never its seller.",
    params: ById,
    body: DecideProposal.omit({ id: true }),
    response: Answer,
    handle,
  });

const move = (name: string, summary: string, handle: typeof presentProposal) =>
  endpoint({
    method: "POST",
    path: `/proposals/{id}/${name}`,
    tag,
    summary,
    permission: sellers,
    params: ById,
    body: MoveProposal.omit({ id: true }),
    response: Version,
    handle,
  });

const end = (name: string, summary: string, handle: typeof declineProposal) =>
  endpoint({
    method: "POST",
    path: `/proposals/{id}/${name}`,
    tag,
    summary,
    permission: sellers,
    params: ById,
    body: EndProposal.omit({ id: true }),
    response: Version,
    handle,
  });

/** What customers are offered, who approved it, and which offer binds. */
export const proposalEndpoints = [
  endpoint({
    method: "GET",
    path: "/proposals",
    tag,
    summary:
      "Proposals, the newest first: those that stand, that wait for my approval, that disagree, all, or the rows behind a figure of the report.",
    permission: readers,
    query: ProposalsInput,
    response: pageOf(ProposalRow),
    handle: listProposals,
  }),
  endpoint({
    method: "POST",
    path: "/proposals",
    tag,
    summary: "Draft a proposal at the list prices of a price book.",
    permission: "Sales, Manager.",
    body: DraftProposal,
    response: z.object({ id: z.uuid(), version: z.number() }),
    status: 201,
    handle: draftProposal,
  }),
  endpoint({
    method: "GET",
    path: "/proposals/{id}",
    tag,
    summary: "One proposal with lines, approvals and conflicts.",
    permission: readers,
    params: ById,
    response: Proposal,
    handle: getProposal,
  }),
  endpoint({
    method: "PATCH",
    path: "/proposals/{id}",
    tag,
    summary: "Change what it offers before the customer saw it; a lower price or margin has to be approved again.",
    permission: sellers,
    params: ById,
    body: EditProposal.omit({ id: true }),
    response: Version,
    handle: editProposal,
  }),
  endpoint({
    method: "POST",
    path: "/proposals/{id}/submit",
    tag,
    summary:
      "Hand it in: approved at once within the seller's authority, else every tier it needs is asked (DOMAIN F54).",
    permission: sellers,
    params: ById,
    body: MoveProposal.omit({ id: true }),
    response: Answer,
    handle: submitProposal,
  }),
  decision("approve", "Approve it in every tier I hold; the first approved is the offer of record.", approveProposal),
  decision("reject", "Send it back to its seller with a note.", rejectProposal),
  move("present", "Show it to the customer, for good; refused while another offer of record stands.", presentProposal),
  move("accept", "Write down the customer's yes; not after its last day.", acceptProposal),
  end("decline", "Write down the customer's no.", declineProposal),
  end("withdraw", "Take it back.", withdrawProposal),
  endpoint({
    method: "POST",
    path: "/proposals/{id}/link",
    tag,
    summary:
      "The address at which the customer reads a presented proposal, accepts or declines it; the same every time.",
    permission: "Everybody who may edit contacts and sees the proposal.",
    params: ById,
    response: z.object({ address: z.string() }),
    isSecret: true,
    handle: offerLink,
  }),
  endpoint({
    method: "POST",
    path: "/proposals/{id}/resolve",
    tag,
    summary:
      "Make it the offer of record; those that speak of the same are superseded or withdrawn, with words for the customer.",
    permission: "Manager, Senior sales, the seller of the offer of record.",
    params: ById,
    body: ResolveConflict.omit({ id: true }),
    response: Version,
    handle: resolveConflict,
  }),
  endpoint({
    method: "POST",
    path: "/conflicts/{id}/waive",
    tag,
    summary: "Let two offers stand although they disagree, with a reason.",
    permission: "Manager.",
    params: ById,
    body: WaiveConflict.omit({ id: true }),
    response: Version,
    handle: waiveConflict,
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}/in-hand",
    tag,
    summary: "Every live number and open promise that the customer holds: what, by whom, when.",
    permission: "Whoever may see the customer.",
    params: ById,
    response: InHand,
    handle: getInHand,
  }),
  endpoint({
    method: "GET",
    path: "/reports/discounts",
    tag,
    summary: "Discounts within authority, leakage, each seller's effect, customers with more than one live price.",
    permission: "Everybody but Admin.",
    response: Discounts,
    handle: reportDiscounts,
  }),
];
