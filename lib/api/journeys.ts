import { z } from "zod";
import type { Context } from "../context";
import { moveJourney, setJourneyFields, setNextTouchpoint, takeBaton } from "../journeys/commands";
import { completeJourney, loseJourney, reopenJourney } from "../journeys/endings";
import { listJourneysOf } from "../journeys/of-customer";
import { reassignOsc } from "../journeys/osc";
import { holdJourney, resumeJourney } from "../journeys/pauses";
import {
  HoldJourney,
  JourneyKeyInput,
  LoseJourney,
  MoveJourney,
  ReassignOsc,
  ReopenJourney,
  SetFields,
  SetNext,
  TakeBaton,
} from "../journeys/schema";
import { ById, type Endpoint, endpoint } from "../server/api-endpoint";

export const Touchpoint = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.string(),
    medium: z.string().nullable(),
    spokeId: z.uuid(),
    ownerId: z.uuid().nullable(),
    state: z.string(),
    startedAt: z.string(),
    dueAt: z.string().nullable(),
  })
  .meta({ id: "Touchpoint" });

export const Journey = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    isPrimary: z.boolean(),
    status: z.string(),
    need: z.string().nullable(),
    templateId: z.uuid(),
    stageId: z.uuid(),
    stageName: z.string(),
    oscId: z.uuid(),
    oscName: z.string(),
    accountableSpokeId: z.uuid(),
    accountableId: z.uuid().nullable(),
    enteredStageAt: z.string(),
    arrivedAt: z.string(),
    firstResponseAt: z.string().nullable(),
    unansweredSince: z.string().nullable(),
    unansweredDueAt: z.string().nullable(),
    offTrackSince: z.string().nullable(),
    holdUntil: z.string().nullable(),
    lostReason: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()),
    current: Touchpoint.nullable(),
    next: Touchpoint.nullable(),
    version: z.number(),
  })
  .meta({ id: "Journey" });

const Moved = z.object({ journeyId: z.uuid(), version: z.number() }).meta({ id: "Transition" });

const tag = "Journeys";
const permission = "Everybody who may edit contacts and sees the customer.";
const keyless = { customerId: true } as const;

type OnJourney<Schema extends z.ZodObject> = {
  path: string;
  summary: string;
  permission?: string;
  schema: Schema;
  command(ctx: Context, input: z.output<Schema>): Promise<unknown>;
};

/** A write on one of the customer's journeys: the primary one unless `journeyId` names another. It answers nothing. */
function onJourney<Schema extends z.ZodObject>({
  path,
  summary,
  schema,
  command,
  ...who
}: OnJourney<Schema>): Endpoint {
  const body: z.ZodObject = schema.omit({ customerId: true });
  return endpoint({
    method: "POST",
    path: `/customers/{id}/${path}`,
    tag,
    summary,
    permission: who.permission ?? permission,
    params: ById,
    body,
    handle: async (ctx, { id, ...input }) => {
      await command(ctx, { ...input, customerId: id } as z.output<Schema>);
    },
  });
}

export const journeyEndpoints = [
  endpoint({
    method: "GET",
    path: "/customers/{id}/journeys",
    tag,
    summary: "A customer's journeys with the current and the expected next touchpoint.",
    permission: "Everybody who may see the customer.",
    params: ById,
    response: z.object({ data: z.array(Journey), nextCursor: z.null() }),
    handle: async (ctx, { id }) => ({ data: await listJourneysOf(ctx, id), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/transitions",
    tag,
    summary: "Move a journey to another stage; without `journeyId` the primary one.",
    permission,
    params: ById,
    body: MoveJourney.omit(keyless),
    response: Moved,
    status: 201,
    handle: (ctx, { id, ...input }) => moveJourney(ctx, { ...input, customerId: id }),
  }),
  onJourney({
    path: "next-touchpoint",
    summary: "Say what is expected next, by when and by whom.",
    schema: SetNext,
    command: setNextTouchpoint,
  }),
  onJourney({
    path: "fields",
    summary: "Fill in what a stage demands, the need and the value.",
    schema: SetFields,
    command: setJourneyFields,
  }),
  onJourney({
    path: "hold",
    summary: "Pause until a date the customer chose.",
    schema: HoldJourney,
    command: holdJourney,
  }),
  onJourney({ path: "resume", summary: "End a pause.", schema: JourneyKeyInput, command: resumeJourney }),
  onJourney({ path: "lose", summary: "Close as lost, with the reason.", schema: LoseJourney, command: loseJourney }),
  onJourney({
    path: "reopen",
    summary: "Open a lost or completed journey again.",
    schema: ReopenJourney,
    command: reopenJourney,
  }),
  onJourney({
    path: "complete",
    summary: "Close a journey that reached its end.",
    schema: JourneyKeyInput,
    command: completeJourney,
  }),
  onJourney({
    path: "baton",
    summary: "Say who in the accountable department has the customer.",
    schema: TakeBaton,
    command: takeBaton,
  }),
  onJourney({
    path: "osc",
    summary: "Give the customer another OSC; an OSC's own key asks the managers for it.",
    permission: "Manager and Admin; an OSC requests.",
    schema: ReassignOsc,
    command: reassignOsc,
  }),
];
