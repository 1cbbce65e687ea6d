import { z } from "zod";
import { grantAuthority } from "../proposals/approvals";
import { delegateAuthority, endAuthority, getPriceRules } from "../proposals/authorities";
import { setPricePolicy } from "../proposals/policy";
import { approvalTiers } from "../proposals/price";
import { DelegateAuthority, SetPricePolicy } from "../proposals/rule-schema";
import { GrantAuthority, MoveProposal } from "../proposals/schema";
import { ById, endpoint } from "../server/api-endpoint";

const Band = z.object({
  below: z
    .number()
    .nullable()
    .meta({ description: "Major units of the workspace's currency; null for all that is left" }),
  repBp: z.number(),
  managerBp: z.number(),
  directorBp: z.number(),
});
const Standing = z.enum(["in_force", "announced", "past"]);
const Tier = z.enum(approvalTiers);

const PriceRules = z
  .object({
    version: z.number().meta({ description: "The number of the newest policy; named in the next one" }),
    inForce: z.object({ bands: z.array(Band), marginFloorBp: z.number(), number: z.number().nullable() }),
    policies: z.array(
      z.object({
        ...{ number: z.number(), bands: z.array(Band), marginFloorBp: z.number(), validFrom: z.string() },
        ...{ createdAt: z.string(), byName: z.string().nullable(), standing: Standing },
      }),
    ),
    authorities: z.array(
      z.object({
        ...{ id: z.uuid(), version: z.number(), memberId: z.uuid(), memberName: z.string(), tier: Tier },
        ...{ validFrom: z.string(), validTo: z.string().nullable(), delegatedByName: z.string().nullable() },
        ...{ standing: Standing, mayEnd: z.boolean() },
      }),
    ),
    emptyTiers: z.array(Tier),
    lendable: z.array(Tier),
    mayEdit: z.boolean(),
  })
  .meta({ id: "PriceRules" });

const Made = z.object({ id: z.uuid() });
const tag = "Proposals";

/** Who may give which discount, and who holds which tier between which days. */
export const priceRuleEndpoints = [
  endpoint({
    method: "GET",
    path: "/price-rules",
    tag,
    summary:
      "The approval matrix and margin floor that hold today, their versions, and who holds which tier (DOMAIN F54).",
    permission: "Manager, Admin.",
    response: PriceRules,
    handle: getPriceRules,
  }),
  endpoint({
    method: "POST",
    path: "/price-rules",
    tag,
    summary: "Set the matrix and the margin floor from a day on; what was handed in keeps what it was judged by.",
    permission: "Admin.",
    body: SetPricePolicy,
    response: z.object({ version: z.number() }),
    status: 201,
    handle: setPricePolicy,
  }),
  endpoint({
    method: "POST",
    path: "/approval-authorities",
    tag,
    summary: "Name a member who may approve in a tier between two days.",
    permission: "Admin.",
    body: GrantAuthority,
    response: Made,
    status: 201,
    handle: grantAuthority,
  }),
  endpoint({
    method: "POST",
    path: "/approval-authorities/delegate",
    tag,
    summary: "Lend a tier of my own to a colleague between two days.",
    permission: "Whoever holds the tier herself.",
    body: DelegateAuthority,
    response: Made,
    status: 201,
    handle: delegateAuthority,
  }),
  endpoint({
    method: "POST",
    path: "/approval-authorities/{id}/end",
    tag,
    summary: "End an authority before its last day.",
    permission: "Admin, whoever lent it.",
    params: ById,
    body: MoveProposal.omit({ id: true }),
    response: z.object({ version: z.number() }),
    handle: endAuthority,
  }),
];
