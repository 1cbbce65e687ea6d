import { systemContext } from "../../lib/auth/context";
import type { Role } from "../../lib/auth/roles";
import type { Context } from "../../lib/context";
import { createCustomers } from "../../lib/customers/bulk";
import { inWorkspace } from "../../lib/db";
import { judgeInteraction } from "../../lib/evaluations/commands";
import { getScorecard } from "../../lib/evaluations/queries";
import type { CriterionFinding, ObservationInput } from "../../lib/evaluations/schema";
import { newId } from "../../lib/identifiers";
import { logInteraction } from "../../lib/interactions/commands";
import { LogInteraction, type LogInteractionInput } from "../../lib/interactions/schema";
import { clockPromise } from "../../lib/journeys/clocks";
import { moveJourney, setJourneyFields } from "../../lib/journeys/commands";
import { loseJourney } from "../../lib/journeys/endings";
import { holdJourney } from "../../lib/journeys/pauses";
import { startJourneys } from "../../lib/journeys/start";
import { journeyTasks } from "../../lib/journeys/tasks";
import type { lostReasons } from "../../lib/journeys/vocabulary";
import { answerRelay, sendRelay } from "../../lib/relays/commands";
import { record, transaction } from "../../lib/transaction";
import { demoMembers } from "./crew";

type ObservationState = ObservationInput["state"];
type NewPerson = { name: string; emails?: string[]; phones?: string[]; socials?: string[] };
type NewCustomer = {
  name: string;
  place?: string;
  origin: string;
  persons: NewPerson[];
  message?: string;
  medium?: "social" | "portal";
  preLead?: boolean;
  value?: number;
};
export type DemoCustomer = { customerId: string; journeyId: string; personId: string | null };

/** The verbs in which the demo is told; every one goes through the product's own command at a time of the past. */
export type DemoScene = Awaited<ReturnType<typeof setStage>>;

const minute = 60_000;
const day = 24 * 60 * minute;

/** A member's context at some time. */
export async function contextAs(
  workspaceId: string,
  ids: Map<string, string>,
  key: string,
  now: Date,
): Promise<Context> {
  const memberId = ids.get(key) ?? "";
  const ctx = await systemContext(workspaceId, { memberId, now });
  const member = await inWorkspace(workspaceId, () =>
    ctx.db.member.findFirstOrThrow({ where: { workspaceId, id: memberId } }),
  );
  const roles: Role[] = [...(demoMembers.find((each) => each.key === key)?.roles ?? ["manager"])];
  return { ...ctx, roles, spokeId: member.spokeId };
}

/** Sets the stage for the demo's stories in a workspace, ending now. */
export async function setStage(workspaceId: string, ids: Map<string, string>, end: Date) {
  const as = (key: string, now: Date) => contextAs(workspaceId, ids, key, now);
  const run = <T>(work: () => Promise<T>) => inWorkspace(workspaceId, work);
  const base = await systemContext(workspaceId);
  const { stages, spokes, moments } = await run(async () => {
    const template = await base.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
    return {
      stages: await base.db.stage.findMany({ where: { workspaceId, templateId: template.id } }),
      spokes: await base.db.spoke.findMany({ where: { workspaceId } }),
      moments: new Map(
        (await base.db.definingMoment.findMany({ where: { workspaceId } })).map(({ name, id }) => [name, id]),
      ),
    };
  });

  return {
    at: (daysAgo: number, hour: number, minutes = 0) => {
      const date = new Date(end.getTime() - daysAgo * day);
      date.setUTCHours(hour + 8, minutes, 0, 0);
      return daysAgo > 0 && date >= end ? new Date(end.getTime() - 30 * minute) : date;
    },
    minutesAgo: (minutes: number) => new Date(end.getTime() - minutes * minute),

    customer: async (osc: string, now: Date, input: NewCustomer): Promise<DemoCustomer> => {
      const ctx = await as(osc, now);
      const made = await run(() =>
        transaction(ctx, async (ctx) => {
          const [row] = await createCustomers(ctx, [
            { name: input.name, place: input.place, origin: input.origin, persons: input.persons, provenance: "typed" },
          ]);
          if (!row) throw new Error("no customer");
          const [journey] = await startJourneys(ctx, [
            {
              customerId: row.customerId,
              customerName: input.name,
              personId: row.primaryPersonId,
              osc: { memberId: ids.get(osc) ?? "", reason: "round_robin" },
              need: input.preLead ? null : "a home",
              history: [{ stageKey: input.preLead ? "pre_lead" : "first", at: now }],
              next: "template",
            },
          ]);
          record(ctx, "customer.created", { subject: `customer:${row.customerId}`, customerId: row.customerId });
          return { customerId: row.customerId, personId: row.primaryPersonId, journeyId: journey?.journeyId ?? "" };
        }),
      );
      if (input.value)
        await run(() => setJourneyFields(ctx, { ...made, journeyId: made.journeyId, valueMinor: input.value ?? 0 }));
      if (input.message) {
        const said = {
          customerId: made.customerId,
          personId: made.personId,
          medium: input.medium ?? "portal",
          direction: "inbound",
          type: "first inquiry",
          summary: input.message,
        } as const;
        await run(() => logInteraction(ctx, LogInteraction.parse(said)));
      }
      return made;
    },

    log: async (
      who: string,
      now: Date,
      { customerId }: DemoCustomer,
      {
        seen = {},
        ...input
      }: Omit<LogInteractionInput, "customerId" | "direction"> & {
        direction?: "inbound" | "outbound";
        /** What happened of which moments, by their names. */
        seen?: Record<string, ObservationState>;
      },
    ): Promise<string> => {
      const ctx = await as(who, now);
      const observations = Object.entries(seen).map(([name, state]) => ({ momentId: moments.get(name), state }));
      const contact = { direction: "outbound", ...input, customerId, observations };
      return (await run(() => logInteraction(ctx, LogInteraction.parse(contact)))).id;
    },

    judge: async (now: Date, interactionId: string, results: Record<string, CriterionFinding>, comment: string) => {
      const ctx = await as("owner", now);
      await run(async () => {
        const { criteria } = await getScorecard(ctx, interactionId);
        const found = criteria.flatMap(({ id, name }) =>
          results[name] ? [{ criterionId: id, result: results[name] }] : [],
        );
        await judgeInteraction(ctx, { id: interactionId, results: found, comment });
      });
    },

    move: async (
      who: string,
      now: Date,
      { customerId }: DemoCustomer,
      stageKey: string,
      fields: Record<string, string> = {},
      to?: string,
    ) => {
      const ctx = await as(who, now);
      const toStageId = stages.find(({ key }) => key === stageKey)?.id ?? "";
      await run(() =>
        moveJourney(ctx, { customerId, toStageId, fields, ...(to ? { accountableId: ids.get(to) ?? null } : {}) }),
      );
    },

    openRelay: async (who: string, now: Date, { customerId }: DemoCustomer, spoke: string, question: string) => {
      const ctx = await as(who, now);
      return run(() =>
        sendRelay(ctx, { customerId, toSpokeId: spokes.find(({ key }) => key === spoke)?.id ?? "", question }),
      );
    },

    relay: async (
      who: string,
      now: Date,
      { customerId }: DemoCustomer,
      spoke: string,
      question: string,
      answerer: string,
      answeredAt: Date,
      answer: string,
    ) => {
      const ctx = await as(who, now);
      const { id } = await run(() =>
        sendRelay(ctx, { customerId, toSpokeId: spokes.find(({ key }) => key === spoke)?.id ?? "", question }),
      );
      const receiver = await as(answerer, answeredAt);
      await run(() => answerRelay(receiver, { id, answer }));
    },

    promise: async ({ customerId, journeyId }: DemoCustomer, by: string, text: string, now: Date, dueAt: Date) => {
      const ctx = await as(by, now);
      await run(() =>
        transaction(ctx, async (ctx) => {
          const id = newId();
          const spokeId = demoMembers.find(({ key }) => key === by)?.spoke;
          await ctx.db.customerPromise.create({
            data: {
              workspaceId,
              id,
              customerId,
              journeyId,
              text,
              byId: ids.get(by) ?? "",
              spokeId: spokes.find(({ key }) => key === spokeId)?.id ?? "",
              dueAt,
              madeAt: now,
            },
          });
          clockPromise(ctx, journeyId, id, dueAt);
          record(ctx, "promise.made", { subject: `promise:${id}`, customerId, journeyId });
        }),
      );
    },

    hold: async (who: string, now: Date, { customerId }: DemoCustomer, until: Date) => {
      const ctx = await as(who, now);
      await run(() => holdJourney(ctx, { customerId, until }));
    },

    lose: async (who: string, now: Date, { customerId }: DemoCustomer, lostReason: (typeof lostReasons)[number]) => {
      const ctx = await as(who, now);
      await run(() => loseJourney(ctx, { customerId, lostReason, byCustomer: true }));
    },

    fire: async (task: string, now: Date, { journeyId }: DemoCustomer) => {
      const ctx = await systemContext(workspaceId, { now });
      const next = await run(() =>
        ctx.db.touchpoint.findFirst({ where: { workspaceId, journeyId, state: { in: ["planned", "due"] } } }),
      );
      await run(async () => journeyTasks[task]?.(ctx, { journeyId, touchpointId: next?.id }));
    },
  };
}
