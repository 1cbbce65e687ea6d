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
import { draftOptions } from "../proposals/draft-options";
import { getInHand, getProposal, listProposals } from "../proposals/queries";
import { reportDiscounts } from "../proposals/report";
import {
  AcceptProposal,
  DecideProposal,
  DraftOptions,
  DraftProposal,
  EditProposal,
  EndProposal,
  MoveProposal,
  ProposalsInput,
  ResolveConflict,
  WaiveConflict,
} from "../proposals/schema";
import { waiveConflict } from "../proposals/waive";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Discounts, InHand, Proposal, ProposalRow, State } from "./proposal-shapes";

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
    permission: "Sales, Manager; who may sell more, to customers who bought.",
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
    path: "/proposals/{id}/options",
    tag,
    summary: "Write what the customer may choose from into a draft; prices, discounts and terms stay as they are.",
    permission: "Design, and its seller.",
    params: ById,
    body: DraftOptions.omit({ id: true }),
    response: Version,
    handle: draftOptions,
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
  endpoint({
    method: "POST",
    path: "/proposals/{id}/accept",
    tag,
    summary: "Write down the customer's yes and the options taken, by their places; not after its last day.",
    permission: sellers,
    params: ById,
    body: AcceptProposal.omit({ id: true }),
    response: Version,
    handle: acceptProposal,
  }),
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
