import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { createCustomers } from "../../lib/customers/bulk";
import { inWorkspace } from "../../lib/db";
import type { Prisma } from "../../lib/generated/prisma/client";
import { newId } from "../../lib/identifiers";
import { insertRows } from "../../lib/insert-rows";
import { made } from "../../lib/load/people";
import { requestRun } from "../../lib/runs/commands";
import { RequestRun } from "../../lib/runs/schema";
import { performRun } from "../../lib/runs/tasks";
import { seededRandom } from "../../lib/statistics/random";
import { record, transaction } from "../../lib/transaction";
import { type PastDeal, pastDeals } from "./deals";

const day = 86_400_000;
const seed = 520;

/** A step of somebody's way: into a stage, or out of the circle. */
type Step = { stage: string; at: Date; cause: "enter" | "advance" | "skip" | "drop" | "complete"; status: string };
type Past = {
  name: string;
  origin: string;
  osc: string;
  host: string;
  steps: Step[];
  valueMinor: number;
  asked: PastDeal["asked"];
  valuePercentile: number;
};

/** How many came when, in days before now, and how many of ten came by a paid search. */
const seasons = [
  { from: 126, until: 355, people: 400, paid: 1.5 },
  { from: 33, until: 116, people: 170, paid: 6 },
] as const;
const initials = "ABCDEFGHJKLMNOPRSTVWY";
const quiet = ["organic search", "referral", "direct traffic"];

/**
 * What is planted: who comes by paid search drops out of the first stage more than twice as often (a leak); since the last
 * months more of them come, so that the first stage loses more on the whole without anybody working worse (only the mix); and
 * at the appointment the few who come by e-mail drop out more often, which are too few to tell.
 */
const dropRate = (stage: string, origin: string): number => {
  if (stage === "new_lead") return origin === "paid search" ? 0.5 : 0.2;
  if (stage === "appointment") return origin === "email" ? 0.45 : 0.15;
  return 0.08;
};

const way = ["new_lead", "qualified", "appointment", "working", "contract"] as const;

/** One person's way through the stages, done within a month. */
function wayOf(random: () => number, began: number, origin: string, { isLost }: PastDeal): Step[] {
  const steps: Step[] = [];
  let at = began;
  for (const [place, stage] of way.entries()) {
    const status = stage === "contract" && !isLost ? "won" : "active";
    steps.push({ stage, at: new Date(at), cause: place === 0 ? "enter" : "advance", status });
    at += (1 + Math.floor(random() * 5) + 0.1) * day;
    if (stage === "contract") {
      const end = isLost
        ? { cause: "drop" as const, status: "lost" }
        : { cause: "complete" as const, status: "completed" };
      steps.push({ stage, at: new Date(at), ...end });
    } else if (random() < (stage === "working" ? 0.45 : dropRate(stage, origin))) {
      steps.push({ stage, at: new Date(at), cause: "drop", status: "lost" });
      break;
    }
  }
  return steps;
}

/** Everybody who came in the past year and is no longer on the way; the same people every time. */
function pastYear(now: Date, oscs: readonly string[], host: string): Past[] {
  const random = seededRandom(seed);
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const began = ({ from, until }: { from: number; until: number }) =>
    now.getTime() - (from + Math.floor(random() * (until - from)) + 0.5) * day;
  const people = seasons.flatMap((season) =>
    Array.from({ length: season.people }, (_, place) => ({
      at: began(season),
      origin: place % 10 < Math.floor(season.paid + (place % 20 < 10 ? 0 : 0.5)) ? "paid search" : one(quiet),
    })),
  );
  const few = Array.from({ length: 24 }, () => ({ at: began(seasons[0]), origin: "email" }));
  const place = { spokeId: "", stageIds: [""], templateId: "", oscIds: [""] };
  const names = [...made(people.length + few.length, place, seed, now.getTime())].map(({ name }, index) => {
    const [first = "", last = ""] = name.split(" ");
    return `${first} ${initials[index % initials.length]}. ${last}`;
  });
  const deals = pastDeals(names.length, seed);
  const values = deals.map(({ valueMinor }) => valueMinor);
  return [...people, ...few].map(({ at, origin }, index) => {
    const deal = deals[index] ?? { valueMinor: 0, isLost: false, asked: null };
    return {
      ...{ name: names[index] ?? "", origin, osc: one(oscs), host, steps: wayOf(random, at, origin, deal) },
      ...{ valueMinor: deal.valueMinor, asked: deal.asked },
      valuePercentile: values.filter((value) => value < deal.valueMinor).length / values.length,
    };
  });
}

type Stages = ReadonlyMap<string, { id: string; spokeId: string; templateId: string }>;

async function stagesOf(ctx: Context): Promise<Stages> {
  const { workspaceId } = ctx;
  const template = await ctx.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
  const stages = await ctx.db.stage.findMany({ where: { workspaceId, templateId: template.id } });
  return new Map(stages.map(({ key, id, spokeId, templateId }) => [key, { id, spokeId, templateId }]));
}

type Rows = {
  journeys: Prisma.JourneyCreateManyInput[];
  transitions: Prisma.StageTransitionCreateManyInput[];
  assignments: Prisma.OscAssignmentCreateManyInput[];
  spokes: Prisma.JourneySpokeCreateManyInput[];
  appointments: Prisma.AppointmentCreateManyInput[];
};

function journeyOf(
  ctx: Context,
  stages: Stages,
  past: Past,
  customer: { customerId: string; personId: string | null },
  rows: Rows,
): void {
  const { workspaceId } = ctx;
  const journeyId = newId();
  const [first, last] = [past.steps[0], past.steps.at(-1)];
  const stage = stages.get(last?.stage ?? "");
  if (!first || !last || !stage) throw new Error("The template has no such stage.");
  const isLost = last.status === "lost";
  rows.journeys.push({
    ...{
      workspaceId,
      id: journeyId,
      customerId: customer.customerId,
      primaryPersonId: customer.personId,
      need: "a home",
    },
    ...{
      templateId: stage.templateId,
      stageId: stage.id,
      status: last.status,
      oscId: past.osc,
      accountableSpokeId: stage.spokeId,
    },
    ...{ enteredStageAt: last.at, lastActivityAt: last.at, arrivedAt: first.at, createdAt: first.at },
    ...{ firstResponseAt: new Date(first.at.getTime() + 3 * 60_000), firstResponseById: past.osc },
    ...{
      valueMinor: BigInt(past.valueMinor),
      valuePercentile: past.valuePercentile,
      fields: past.asked ?? {},
      currency: "USD",
      lostReason: isLost ? "no response after cadence" : null,
    },
    lostByCustomer: isLost ? false : null,
  });
  rows.assignments.push({
    ...{ workspaceId, id: newId(), journeyId, memberId: past.osc, fromAt: first.at, reason: "round_robin", detail: {} },
    ...{ actor: "system", introducedAt: first.at },
  });
  const met = past.steps.findIndex((step) => step.stage === "appointment");
  const [set, after] = [past.steps[met], past.steps[met + 1]];
  if (set && after) {
    const startAt = new Date(after.at.getTime() - 3_600_000);
    rows.appointments.push({
      ...{ workspaceId, id: newId(), customerId: customer.customerId, journeyId, hostId: past.host, setById: past.osc },
      ...{ setAt: set.at, startAt, timeZone: "America/Los_Angeles", decidedAt: startAt, decidedById: past.host },
      ...{
        state: after.cause === "drop" ? "no_show" : "kept",
        leadAgeDays: (set.at.getTime() - first.at.getTime()) / day,
      },
    });
  }
  const seen = new Set<string>();
  for (const [index, { stage: key, at, cause, status }] of past.steps.entries()) {
    const own = stages.get(key);
    const before = stages.get(past.steps[index - 1]?.stage ?? "");
    if (!own) throw new Error(`The template has no stage ${key}.`);
    rows.transitions.push({
      ...{ workspaceId, id: newId(), journeyId, seq: index + 1, fromStageId: before?.id ?? null, toStageId: own.id },
      ...{
        at,
        recordedAt: at,
        cause,
        status,
        actor: "system",
        spokeAtExitId: before?.spokeId ?? null,
        spokeId: own.spokeId,
      },
    });
    if (!seen.has(own.spokeId)) rows.spokes.push({ workspaceId, journeyId, spokeId: own.spokeId, firstAt: at });
    seen.add(own.spokeId);
  }
}

/** Writes the past year down in a handful of statements. */
async function writeDown(ctx: Context, past: readonly Past[]): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const stages = await stagesOf(ctx);
    const customers = await createCustomers(
      ctx,
      past.map(({ name, origin }) => ({ name, origin, persons: [{ name }], provenance: "typed" as const })),
    );
    const rows: Rows = { journeys: [], transitions: [], assignments: [], spokes: [], appointments: [] };
    for (const [index, { customerId, primaryPersonId }] of customers.entries()) {
      const own = past[index];
      if (own) journeyOf(ctx, stages, own, { customerId, personId: primaryPersonId }, rows);
    }
    await insertRows(
      ctx,
      "journeys",
      rows.journeys.map((row) => ({ ...row, valueMinor: Number(row.valueMinor) })),
    );
    await insertRows(ctx, "stage_transitions", rows.transitions);
    await insertRows(ctx, "osc_assignments", rows.assignments);
    await insertRows(ctx, "journey_spokes", rows.spokes);
    await insertRows(ctx, "appointments", rows.appointments);
    record(ctx, "customers.told", { subject: `workspace:${ctx.workspaceId}`, detail: { customers: past.length } });
  });
}

/** A year of people who came and went, with three leaks planted, and what two nights make of them. */
export async function leakPeople(workspaceId: string, ids: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  const oscs = ["dana", "mara"].flatMap((key) => ids.get(key) ?? []);
  await inWorkspace(workspaceId, async () => {
    const host = ids.get("marcus") ?? oscs[0] ?? "";
    await writeDown(ctx, pastYear(now, oscs, host));
    const asked = { ...ctx, now: new Date() };
    const nights = [
      { kind: "leaks", asOf: new Date(now.getTime() - day) },
      { kind: "leaks" },
      { kind: "lapses" },
      { kind: "survival" },
      { kind: "origins" },
      { kind: "osc-programme" },
      { kind: "recovery-effect" },
    ];
    for (const night of nights) {
      const { id } = await requestRun(asked, RequestRun.parse(night));
      await performRun(asked, id);
    }
  });
}
