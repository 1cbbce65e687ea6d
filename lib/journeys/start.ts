import { dueAt as dueAtRule } from "../calendar/due";
import { actorText, type Context } from "../context";
import { AppError } from "../errors";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { notify } from "../notifications/notify";
import { record } from "../transaction";
import type { OscChoice } from "./assign";
import { clockDwell, clockNext, clockSilence } from "./clocks";
import { calendarOf, type LoadedStage } from "./loaded";

/** One passage of a journey's past: `first`, `pre_lead` and `won` name stages by what they are. */
export type Passage = { stageKey: string; at: Date; accountableId?: string | null };

export type StartJourney = {
  journeyId?: string;
  customerId: string;
  customerName?: string;
  personId: string | null;
  /** The workspace's default template when left out. */
  templateId?: string;
  osc: Pick<OscChoice, "memberId" | "reason"> & { detail?: object };
  need?: string | null;
  importId?: string | null;
  /** The first passage is the arrival. */
  history: readonly Passage[];
  /** The template's expected touchpoint with its clock, or a named one without any clock. */
  next: "template" | { name: string };
};

type Template = { stages: LoadedStage[]; hubSpokeId: string; calendar: ReturnType<typeof calendarOf> };

async function loadTemplate(ctx: Context, templateId: string | undefined): Promise<Template> {
  const { workspaceId } = ctx;
  const template = await ctx.db.journeyTemplate.findFirst({
    where: templateId ? { workspaceId, id: templateId, status: "published" } : { workspaceId, isDefault: true },
    select: { id: true },
  });
  if (!template) throw new AppError("not_found", "template");
  const stages = await ctx.db.stage.findMany({
    where: { workspaceId, templateId: template.id },
    orderBy: { position: "asc" },
  });
  const rows = await ctx.db.$queryRaw<{ id: string; time_zone: string; hours: unknown; holidays: unknown }[]>`
    select h.id, c.time_zone, c.hours, c.holidays from spokes h
    join workspace_settings ws on ws.workspace_id = h.workspace_id
    join calendars c on c.workspace_id = h.workspace_id and c.id = ws.calendar_id
    where h.workspace_id = ${workspaceId}::uuid and h.key = 'osc'`;
  const row = rows[0];
  if (!row) throw new AppError("not_found", "workspace");
  return { stages: stages as unknown as LoadedStage[], hubSpokeId: row.id, calendar: calendarOf(row) };
}

function stageOf({ stages }: Template, key: string): LoadedStage {
  const stage =
    key === "first"
      ? (stages.find(({ entryStatus }) => entryStatus === "active") ?? stages[0])
      : key === "pre_lead" || key === "won"
        ? stages.find(({ entryStatus }) => entryStatus === key)
        : stages.find((each) => each.key === key);
  if (!stage) throw new AppError("refused", "no_such_stage", { detail: key });
  return stage;
}

type Rows = {
  journeys: Prisma.JourneyCreateManyInput[];
  transitions: Prisma.StageTransitionCreateManyInput[];
  assignments: Prisma.OscAssignmentCreateManyInput[];
  touchpoints: Prisma.TouchpointCreateManyInput[];
  spokes: Prisma.JourneySpokeCreateManyInput[];
};

function addTransitions(
  ctx: Context,
  template: Template,
  journeyId: string,
  history: readonly Passage[],
  rows: Rows,
): void {
  history.forEach((passage, index) => {
    const stage = stageOf(template, passage.stageKey);
    const before = history[index - 1];
    const from = before ? stageOf(template, before.stageKey) : null;
    rows.transitions.push({
      workspaceId: ctx.workspaceId,
      id: newId(),
      journeyId,
      seq: index + 1,
      fromStageId: from?.id ?? null,
      toStageId: stage.id,
      at: passage.at,
      recordedAt: ctx.now,
      cause: from ? (stage.position === from.position + 1 ? "advance" : "skip") : "enter",
      status: stage.entryStatus,
      actor: actorText(ctx),
      spokeAtExitId: from?.spokeId ?? null,
      spokeId: stage.spokeId,
    });
  });
  for (const spokeId of new Set(history.map(({ stageKey }) => stageOf(template, stageKey).spokeId))) {
    rows.spokes.push({ workspaceId: ctx.workspaceId, journeyId, spokeId, firstAt: ctx.now });
  }
}

function expectedNext(
  ctx: Context,
  template: Template,
  start: StartJourney,
  journeyId: string,
  stage: LoadedStage,
  ownerId: string | null,
) {
  const expected =
    start.next === "template"
      ? stage.touchpoints[0]
      : { name: start.next.name, type: "follow-up", medium: null, due: null };
  if (!expected) return null;
  const due = expected.due ? dueAtRule(expected.due, template.calendar, ctx.now) : null;
  return {
    workspaceId: ctx.workspaceId,
    id: newId(),
    journeyId,
    customerId: start.customerId,
    name: expected.name,
    type: expected.type,
    phase: stage.phase,
    medium: expected.medium,
    spokeId: stage.spokeId,
    ownerId,
    stageId: stage.id,
    state: due ? "due" : "planned",
    startedAt: ctx.now,
    dueAt: due,
    importId: start.importId ?? null,
  } satisfies Prisma.TouchpointCreateManyInput;
}

function addJourney(ctx: Context, template: Template, start: StartJourney, isPrimary: boolean, rows: Rows): string {
  const journeyId = start.journeyId ?? newId();
  const [arrival, ...later] = start.history;
  const last = later.at(-1) ?? arrival;
  if (!arrival || !last) throw new AppError("refused", "no_arrival");
  const stage = stageOf(template, last.stageKey);
  const accountableId = last.accountableId ?? (stage.spokeId === template.hubSpokeId ? start.osc.memberId : null);
  const next = expectedNext(ctx, template, start, journeyId, stage, accountableId);
  const arrivedAt = later.reduce((first, { at }) => (at < first ? at : first), arrival.at);
  rows.journeys.push({
    workspaceId: ctx.workspaceId,
    id: journeyId,
    customerId: start.customerId,
    primaryPersonId: start.personId,
    need: start.need ?? null,
    templateId: stage.templateId,
    stageId: stage.id,
    status: stage.entryStatus,
    isPrimary,
    oscId: start.osc.memberId,
    accountableSpokeId: stage.spokeId,
    accountableId,
    enteredStageAt: last.at,
    lastActivityAt: later.reduce((latest, { at }) => (at > latest ? at : latest), arrival.at),
    arrivedAt,
    nextStartedAt: next ? ctx.now : null,
    nextDueAt: next?.dueAt ?? null,
    importId: start.importId ?? null,
    createdAt: ctx.now,
  });
  rows.assignments.push({
    workspaceId: ctx.workspaceId,
    id: newId(),
    journeyId,
    memberId: start.osc.memberId,
    fromAt: arrivedAt,
    reason: start.osc.reason,
    detail: (start.osc.detail ?? {}) as Prisma.InputJsonObject,
    actor: actorText(ctx),
    introducedAt: arrivedAt,
  });
  addTransitions(ctx, template, journeyId, start.history, rows);
  if (next) rows.touchpoints.push(next);
  if (start.next === "template") startClocks(ctx, journeyId, next, stage, last.at);
  return journeyId;
}

function startClocks(
  ctx: Context,
  journeyId: string,
  next: { id: string; dueAt: Date | null } | null,
  stage: LoadedStage,
  enteredAt: Date,
): void {
  if (next?.dueAt) clockNext(ctx, journeyId, next.id, next.dueAt);
  clockDwell(ctx, journeyId, enteredAt, stage.dwellP80Days);
  clockSilence(ctx, journeyId, enteredAt, stage.silenceDays);
}

async function insertAll(ctx: Context, rows: Rows): Promise<void> {
  await insertRows(ctx, "journeys", rows.journeys);
  await insertRows(ctx, "stage_transitions", rows.transitions);
  await insertRows(ctx, "osc_assignments", rows.assignments);
  await insertRows(ctx, "journey_spokes", rows.spokes);
  await insertRows(ctx, "touchpoints", rows.touchpoints);
}

async function announce(ctx: Context, start: StartJourney, journeyId: string): Promise<void> {
  await notify(ctx, [start.osc.memberId], "new_lead", start.customerId, { customer: start.customerName ?? "" });
  record(ctx, "lead.created", {
    subject: `journey:${journeyId}`,
    customerId: start.customerId,
    journeyId,
    detail: { oscId: start.osc.memberId, reason: start.osc.reason, detail: start.osc.detail ?? {} },
    data: { oscId: start.osc.memberId },
  });
}

/**
 * Starts journeys inside the caller's transaction: the journey, its passages so far, its one OSC, its accountable spoke and
 * what is expected next. A named next has no clock and no trigger (imports); the template's starts them all.
 * Journeys of an import are recorded by its batch, others one by one.
 */
export async function startJourneys(ctx: Context, starts: readonly StartJourney[]): Promise<{ journeyId: string }[]> {
  if (starts.length === 0) return [];
  const templates = new Map<string | undefined, Template>();
  for (const templateId of new Set(starts.map((start) => start.templateId)))
    templates.set(templateId, await loadTemplate(ctx, templateId));
  const primaries = await ctx.db.journey.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      isPrimary: true,
      customerId: { in: starts.map(({ customerId }) => customerId) },
    },
    select: { customerId: true },
  });
  const taken = new Set(primaries.map(({ customerId }) => customerId));
  const rows: Rows = { journeys: [], transitions: [], assignments: [], touchpoints: [], spokes: [] };
  const ids = starts.map((start) => {
    const isPrimary = !taken.has(start.customerId);
    taken.add(start.customerId);
    return addJourney(ctx, templates.get(start.templateId) as Template, start, isPrimary, rows);
  });
  await insertAll(ctx, rows);
  for (const [index, start] of starts.entries()) if (!start.importId) await announce(ctx, start, ids[index] ?? "");
  return ids.map((journeyId) => ({ journeyId }));
}
