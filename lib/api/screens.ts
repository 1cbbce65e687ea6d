import { z } from "zod";
import { getBoard } from "../board/queries";
import { BoardFilter } from "../board/schema";
import { recordConsent } from "../consents/commands";
import { listConsents } from "../consents/queries";
import { RecordConsent } from "../consents/schema";
import { TimelineInput } from "../hub/schema";
import { getTimeline } from "../hub/timeline";
import { getInbox } from "../inbox/queries";
import { InboxInput } from "../inbox/schema";
import { customerLink } from "../links/commands";
import { listLoads } from "../members/load-queries";
import { getOverview } from "../reports/overview";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const TimelineItem = z
  .object({
    id: z.string(),
    kind: z.string(),
    at: z.string(),
    medium: z.string().nullable(),
    direction: z.string().nullable(),
    isTwoWay: z.boolean(),
    isAutomated: z.boolean(),
    text: z.string(),
    who: z.string().nullable(),
    spokeId: z.string().nullable(),
    params: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "TimelineItem" });

const Consent = z
  .object({ personId: z.uuid(), medium: z.string(), purpose: z.string(), state: z.string(), at: z.string() })
  .meta({ id: "Consent" });

const InboxItem = z
  .object({
    kind: z.enum(["relay", "task", "promise", "appointment", "touchpoint"]),
    id: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    journeyId: z.uuid(),
    text: z.string(),
    detail: z.string(),
    state: z.string(),
    startedAt: z.string(),
    dueAt: z.string().nullable(),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    fromName: z.string().nullable(),
    escalation: z.number(),
    version: z.number(),
  })
  .meta({ id: "InboxItem" });

const BoardColumn = z
  .object({
    id: z.uuid(),
    name: z.string(),
    p50: z.number().nullable().meta({ description: "Day by which half have left" }),
    p80: z.number().nullable(),
    count: z.number(),
    offTrack: z.number(),
    cards: z.array(
      z.object({
        journeyId: z.uuid(),
        customerId: z.uuid(),
        version: z.number(),
        name: z.string(),
        status: z.string(),
        stageId: z.uuid(),
        spokeId: z.uuid(),
        days: z.number(),
        isSlow: z.boolean(),
        isOffTrack: z.boolean(),
        missing: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "BoardColumn" });

const Load = z
  .object({
    memberId: z.uuid(),
    name: z.string(),
    load: z.number().meta({ description: "In new leads (DOMAIN F04)" }),
    capacity: z.number(),
    utilisation: z.number(),
    level: z.string(),
    isAway: z.boolean(),
  })
  .meta({ id: "Load" });

const Overview = z
  .object({
    asOf: z.string(),
    total: z.number(),
    matrix: z.array(z.object({ stageId: z.uuid(), spokeId: z.uuid(), count: z.number(), offTrack: z.number() })),
    offTrack: z.array(z.object({ trigger: z.string(), spokeId: z.uuid(), count: z.number() })),
    offTrackTotal: z.number(),
    relays: z.array(z.object({ spokeId: z.uuid(), count: z.number(), oldestNeedBy: z.string() })),
  })
  .meta({ id: "Overview" });

const visible = "Everybody who may see the customer.";

/** What single screens show, for systems that show it elsewhere. */
export const screenEndpoints = [
  endpoint({
    method: "GET",
    path: "/customers/{id}/timeline",
    tag: "Customers",
    summary: "Everything that happened with a customer, newest first.",
    permission: visible,
    params: ById,
    query: TimelineInput.omit({ customerId: true }).strict(),
    cursorName: "before",
    response: pageOf(TimelineItem),
    handle: async (ctx, { id, ...filter }) => {
      const { items, nextCursor } = await getTimeline(ctx, { ...filter, customerId: id });
      return { data: items, nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}/consents",
    tag: "Customers",
    summary: "Who of the customer's people may be reached how, and for what.",
    permission: visible,
    params: ById,
    response: pageOf(Consent),
    handle: async (ctx, { id }) => ({ data: await listConsents(ctx, { customerId: id }), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/consents",
    tag: "Customers",
    summary: "Record that somebody allowed or forbade something; earlier words stay.",
    permission: "Everybody who may edit contacts and sees the customer.",
    params: ById,
    body: RecordConsent.omit({ customerId: true }),
    response: z.object({ id: z.uuid() }),
    status: 201,
    handle: (ctx, { id, ...input }) => recordConsent(ctx, { ...input, customerId: id }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/link",
    tag: "Customers",
    summary: "The address of the customer's own page; the same one every time.",
    permission: "Everybody who may edit contacts and sees the customer.",
    params: ById,
    response: z.object({ address: z.string() }),
    isSecret: true,
    handle: (ctx, { id }) => customerLink(ctx, { customerId: id }),
  }),
  endpoint({
    method: "GET",
    path: "/inbox",
    tag: "Home",
    summary: "What a department owes, most urgent first; at most 200.",
    permission: "Everybody who may edit contacts; other departments' for OSC and Manager.",
    query: InboxInput.strict(),
    response: pageOf(InboxItem),
    handle: async (ctx, input) => ({ data: (await getInbox(ctx, input)).items, nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/board",
    tag: "Reports",
    summary: "Customers by stage or by department: counts, and the twenty of each column that matter most.",
    permission: "Everybody; customers one may see.",
    query: BoardFilter.strict(),
    response: z.object({ by: z.enum(["stage", "spoke"]), total: z.number(), columns: z.array(BoardColumn) }),
    handle: getBoard,
  }),
  endpoint({
    method: "GET",
    path: "/reports/load",
    tag: "Reports",
    summary: "What each consultant carries against her capacity.",
    permission: "Manager, Auditor: everybody's; an OSC: her own.",
    response: pageOf(Load),
    handle: async (ctx) => ({ data: await listLoads(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/reports/overview",
    tag: "Reports",
    summary: "Customers by department and stage, what is off track, what waits on departments.",
    permission: "Manager, Auditor.",
    response: Overview,
    handle: getOverview,
  }),
];
