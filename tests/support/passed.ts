import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { requestRun } from "@/lib/runs/commands";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { record, transaction } from "@/lib/transaction";

const day = 86_400_000;

/** One thing that happened on a journey: on which day, into which stage, and what became of it. */
export type Happened = { day: number; stage: string; cause: string; status?: string; recorded?: number };

/** Writes journeys down as histories of their own: days count from `from`, and one is known from its day on unless said. */
export async function tellJourneys(
  worker: Context,
  oscId: string,
  from: Date,
  told: readonly { origin?: string; osc?: string; events: readonly Happened[] }[],
): Promise<string[]> {
  const { workspaceId } = worker;
  const at = (on: number) => new Date(from.getTime() + on * day);
  return inWorkspace(workspaceId, () =>
    transaction(worker, async (ctx) => {
      const template = await ctx.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
      const stages = await ctx.db.stage.findMany({ where: { workspaceId, templateId: template.id } });
      const stageOf = (key: string) => {
        const found = stages.find((each) => each.key === key);
        if (!found) throw new Error(`There is no stage ${key}.`);
        return found;
      };
      const ids = told.map(() => ({ customerId: newId(), journeyId: newId() }));
      const customers = told.map(({ origin }, index) => ({
        ...{ workspaceId, id: ids[index]?.customerId, name: `Person ${index}`, origin: origin ?? null },
      }));
      await insertRows(ctx, "customers", customers);
      const journeys = told.map(({ osc, events }, index) => {
        const last = events.at(-1);
        const stage = stageOf(last?.stage ?? "");
        return {
          ...{ workspaceId, id: ids[index]?.journeyId, customerId: ids[index]?.customerId, templateId: template.id },
          ...{
            stageId: stage.id,
            status: last?.status === "lost" ? "lost" : "active",
            oscId: osc ?? oscId,
          },
          ...{
            accountableSpokeId: stage.spokeId,
            enteredStageAt: at(last?.day ?? 0),
            lastActivityAt: at(last?.day ?? 0),
          },
          arrivedAt: at(events[0]?.day ?? 0),
          lostReason: last?.status === "lost" ? "price" : null,
        };
      });
      await insertRows(ctx, "journeys", journeys);
      const transitions = told.flatMap(({ events }, index) =>
        events.map(({ day: on, stage, cause, status, recorded }, seq) => ({
          ...{ workspaceId, id: newId(), journeyId: ids[index]?.journeyId, seq: seq + 1, toStageId: stageOf(stage).id },
          ...{ at: at(on), recordedAt: at(recorded ?? on), cause, status: status ?? "active", actor: "system" },
          spokeId: stageOf(stage).spokeId,
        })),
      );
      await insertRows(ctx, "stage_transitions", transitions);
      const assignments = told.map(({ osc, events }, index) => ({
        ...{ workspaceId, id: newId(), journeyId: ids[index]?.journeyId, memberId: osc ?? oscId },
        ...{ fromAt: at(events[0]?.day ?? 0), reason: "round_robin", actor: "system" },
      }));
      await insertRows(ctx, "osc_assignments", assignments);
      record(ctx, "customers.told", { subject: `workspace:${workspaceId}` });
      return ids.map(({ journeyId }) => journeyId);
    }),
  );
}

export type Contact = { journeyId: string; at: Date; recordedAt?: Date } & Partial<{
  direction: string;
  isTwoWay: boolean;
  isAutomated: boolean;
  medium: string;
  agentId: string;
}>;

/** Contacts of the customers of journeys, calls that were answered unless said, written down when they happened unless said. */
export async function tellContacts(worker: Context, told: readonly Contact[]): Promise<void> {
  await inWorkspace(worker.workspaceId, () =>
    transaction(worker, async (ctx) => {
      const { workspaceId } = ctx;
      const journeys = await ctx.db.journey.findMany({ where: { workspaceId } });
      const customers = new Map(journeys.map(({ id, customerId }) => [id, customerId]));
      const rows = told.map(({ journeyId, at, recordedAt, ...over }) => ({
        ...{ workspaceId, id: newId(), journeyId, medium: "phone", type: "call", direction: "outbound" },
        ...{ customerId: customers.get(journeyId), isTwoWay: true, isAutomated: false, summary: "" },
        ...{ startedAt: at, recordedAt: recordedAt ?? at },
        ...over,
      }));
      await insertRows(ctx, "interactions", rows);
      record(ctx, "interactions.told", { subject: `workspace:${workspaceId}` });
    }),
  );
}

/** Makes a run of a kind as of a time, by default now; its id. */
export async function makeRun(
  worker: Context,
  kind: "leaks" | "lapses" | "survival" | "origins" | "osc-programme" | "recovery-effect",
  asOf?: Date,
): Promise<string> {
  const ctx = { ...worker, now: new Date() };
  return inWorkspace(ctx.workspaceId, async () => {
    const { id } = await requestRun(ctx, RequestRun.parse({ kind, asOf }));
    await performRun(ctx, id);
    return id;
  });
}

const enter: Happened = { day: 0, stage: "new_lead", cause: "enter" };
const goneOn: Happened[] = [enter, { day: 3, stage: "qualified", cause: "advance" }];
const droppedOut: Happened[] = [enter, { day: 4, stage: "new_lead", cause: "drop", status: "lost" }];

/** Sixty who came by the fair, half of whom dropped out, beside a hundred and twenty by the web of whom a sixth did. */
export async function tellLeak(worker: Context, oscId: string, daysAgo = 100): Promise<void> {
  const many = (origin: string, count: number, every: number) =>
    Array.from({ length: count }, (_, place) => ({ origin, events: place % every === 0 ? droppedOut : goneOn }));
  const from = new Date(Date.now() - daysAgo * day);
  await tellJourneys(worker, oscId, from, [...many("web", 120, 6), ...many("fair", 60, 2)]);
}

/** A confirmed leak that nobody fell into: for tests that need one to be there. */
export async function furnishOneLeak(manager: Context): Promise<void> {
  const { workspaceId } = manager;
  const runId = await makeRun(manager, "leaks");
  const rate = { k: 30, n: 60, rate: 0.5, lo: 0.38, hi: 0.62 };
  const place = { template: "home_builder", stage: "new_lead", dimension: "origin", value: "fair" };
  await inWorkspace(workspaceId, () =>
    manager.db.leak.create({
      data: {
        ...{
          workspaceId,
          id: newId(),
          ...place,
          state: "confirmed",
          horizonDays: 30,
          runId,
          ownerId: manager.memberId,
        },
        ...{ foundAt: manager.now, lastAsOf: manager.now, confirmedAt: manager.now, dueOn: manager.now },
        finding: {
          ...{
            ...place,
            stageName: "New lead",
            verdict: "leak",
            missing: [],
            drops: rate,
            reference: rate,
            size: null,
          },
          ...{ adjusted: 0.01, mix: null, winRate: rate, valueMinor: null, valueAtLeastMinor: null },
        },
      },
    }),
  );
}
