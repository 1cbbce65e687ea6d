import { type Decision, permit, refuse } from "../decision";
import { interactionTypes } from "../journeys/vocabulary";
import type { Impact, LintIssue, StageChange, StageInput, StagePart, TemplateSpoke } from "./schema";

const keyPattern = /^[a-z0-9_]{1,60}$/;

type Draft = { name: string; stages: readonly StageInput[] };
type Found = LintIssue[];

/** Whether one may go on from the stage at `from` to the one at `to`: along its list, or to the next when it has none. */
function leadsTo(stages: readonly StageInput[], from: number, to: number): boolean {
  const stage = stages[from];
  if (!stage || to <= from) return false;
  return stage.allowedNext.length > 0 ? stage.allowedNext.includes(stages[to]?.key ?? "") : to === from + 1;
}

function lintStage(
  stage: StageInput,
  index: number,
  draft: Draft,
  spokes: readonly TemplateSpoke[],
  found: Found,
): void {
  const at = (field: string) => `stages.${index}.${field}`;
  if (!keyPattern.test(stage.key)) found.push({ path: at("key"), reason: "bad_key" });
  if (draft.stages.findIndex(({ key }) => key === stage.key) < index)
    found.push({ path: at("key"), reason: "key_taken", params: { key: stage.key } });
  if (!stage.name) found.push({ path: at("name"), reason: "required" });
  if (!spokes.some(({ id }) => id === stage.spokeId)) found.push({ path: at("spokeId"), reason: "no_such_spoke" });
  const { dwellP50Days: p50, dwellP80Days: p80 } = stage;
  if (p50 !== null && p50 <= 0) found.push({ path: at("dwellP50Days"), reason: "not_positive" });
  if (p80 !== null && p80 <= 0) found.push({ path: at("dwellP80Days"), reason: "not_positive" });
  if (p50 !== null && p80 !== null && p80 < p50) found.push({ path: at("dwellP80Days"), reason: "p80_below_p50" });
  if (stage.silenceDays === 0) found.push({ path: at("silenceDays"), reason: "not_positive" });
  stage.requiredFields.forEach((field, place) => {
    if (!keyPattern.test(field)) found.push({ path: at(`requiredFields.${place}`), reason: "bad_key" });
    if (stage.requiredFields.indexOf(field) < place)
      found.push({ path: at(`requiredFields.${place}`), reason: "key_taken", params: { key: field } });
  });
  for (const key of stage.allowedNext) {
    const to = draft.stages.findIndex((each) => each.key === key);
    if (to < 0) found.push({ path: at("allowedNext"), reason: "no_such_stage", params: { key } });
    else if (to <= index) found.push({ path: at("allowedNext"), reason: "next_not_later", params: { key } });
  }
  lintTouchpoints(stage, at, spokes, found);
}

function lintTouchpoints(
  stage: StageInput,
  at: (field: string) => string,
  spokes: readonly TemplateSpoke[],
  found: Found,
): void {
  stage.touchpoints.forEach((touchpoint, place) => {
    const path = (field: string) => at(`touchpoints.${place}.${field}`);
    if (!touchpoint.name) found.push({ path: path("name"), reason: "required" });
    if (!(interactionTypes as readonly string[]).includes(touchpoint.type))
      found.push({ path: path("type"), reason: "no_such_type" });
    if (touchpoint.due && touchpoint.due.amount <= 0) found.push({ path: path("due.amount"), reason: "not_positive" });
    if (touchpoint.spokeKey !== null && !spokes.some(({ key }) => key === touchpoint.spokeKey))
      found.push({ path: path("spokeKey"), reason: "no_such_spoke" });
  });
}

function reachable(stages: readonly StageInput[]): Set<number> {
  const seen = new Set<number>(stages.length > 0 ? [0] : []);
  for (const from of seen) {
    for (let to = from + 1; to < stages.length; to += 1) if (leadsTo(stages, from, to)) seen.add(to);
  }
  return seen;
}

/** The stage in which a lead starts: the first that makes her one, else the first of all. */
export function firstStage(stages: readonly StageInput[]): StageInput | undefined {
  return stages.find(({ entryStatus }) => entryStatus === "active") ?? stages[0];
}

function lintCircle(stages: readonly StageInput[], found: Found): void {
  const seen = reachable(stages);
  stages.forEach((stage, index) => {
    if (!seen.has(index)) found.push({ path: `stages.${index}`, reason: "unreachable", params: { name: stage.name } });
    const before = stages[index - 1];
    if (!before) return;
    if (stage.entryStatus === "pre_lead")
      found.push({ path: `stages.${index}.entryStatus`, reason: "pre_lead_not_first" });
    if (before.entryStatus === "won" && stage.entryStatus !== "won")
      found.push({ path: `stages.${index}.entryStatus`, reason: "won_goes_back" });
  });
  if (!stages.some(({ entryStatus }) => entryStatus === "active")) found.push({ path: "stages", reason: "no_first" });
  if (!stages.some(({ entryStatus }) => entryStatus === "won")) found.push({ path: "stages", reason: "no_won" });
}

/**
 * Everything that keeps a draft from being published: keys that are not unique, stages nobody can reach, no stage in which a
 * lead starts or none that is won, clocks without time, spokes that are not there. Empty means it may be.
 */
export function lintTemplate(draft: Draft, spokes: readonly TemplateSpoke[]): LintIssue[] {
  const found: LintIssue[] = [];
  if (!draft.name.trim()) found.push({ path: "name", reason: "required" });
  draft.stages.forEach((stage, index) => void lintStage(stage, index, draft, spokes, found));
  lintCircle(draft.stages, found);
  return found;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function changeOf(before: StageInput, after: StageInput, hasMoved: boolean): StageChange | null {
  const differs: Record<StagePart, boolean> = {
    name: before.name !== after.name,
    position: hasMoved,
    spoke: before.spokeId !== after.spokeId,
    phase: before.phase !== after.phase,
    entryStatus: before.entryStatus !== after.entryStatus,
    dwell: before.dwellP50Days !== after.dwellP50Days || before.dwellP80Days !== after.dwellP80Days,
    silence: before.silenceDays !== after.silenceDays,
    next: !same(before.allowedNext, after.allowedNext),
    requiredFields: !same(before.requiredFields, after.requiredFields),
    touchpoints: !same(before.touchpoints.map(touchpointText), after.touchpoints.map(touchpointText)),
  };
  const parts = (Object.keys(differs) as StagePart[]).filter((part) => differs[part]);
  if (parts.length === 0) return null;
  const newFields = after.requiredFields.filter((field) => !before.requiredFields.includes(field));
  return { key: after.key, name: after.name, parts, newFields };
}

/** Stored rows and edited ones may differ in the order of their keys alone. */
function touchpointText({ name, type, medium, spokeKey, due }: StageInput["touchpoints"][number]): string {
  return JSON.stringify([name, type, medium, spokeKey, due && [due.unit, due.amount]]);
}

/** Stages that stand elsewhere among those both versions have. */
function movedKeys(before: readonly StageInput[], after: readonly StageInput[]): Set<string> {
  const shared = (stages: readonly StageInput[], others: readonly StageInput[]) =>
    stages.map(({ key }) => key).filter((key) => others.some((other) => other.key === key));
  const old = shared(before, after);
  return new Set(shared(after, before).filter((key, index) => old[index] !== key));
}

export type ImpactFacts = {
  replaces: { id: string; number: number; isDefault: boolean } | null;
  /** Open journeys on the version that is replaced, by the key of their stage. */
  running: Readonly<Record<string, number>>;
};

/**
 * What publishing changes: stages added, removed and changed, fields that appear, who stays on the old version, and where new
 * journeys start. Running journeys are never moved.
 */
export function impactOf(before: readonly StageInput[], after: readonly StageInput[], facts: ImpactFacts): Impact {
  const byKey = new Map(before.map((stage) => [stage.key, stage]));
  const moved = movedKeys(before, after);
  const start = firstStage(after);
  return {
    replaces: facts.replaces ? { id: facts.replaces.id, number: facts.replaces.number } : null,
    keepOld: Object.values(facts.running).reduce((sum, count) => sum + count, 0),
    added: after.filter(({ key }) => !byKey.has(key)).map(({ key, name }) => ({ key, name })),
    removed: before
      .filter(({ key }) => !after.some((stage) => stage.key === key))
      .map(({ key, name }) => ({ key, name, running: facts.running[key] ?? 0 })),
    changed: after.flatMap((stage) => {
      const old = byKey.get(stage.key);
      return (old && changeOf(old, stage, moved.has(stage.key))) || [];
    }),
    becomesDefault: facts.replaces?.isDefault ?? false,
    newStart: start ? { name: start.name, touchpoint: start.touchpoints[0]?.name ?? null } : null,
  };
}

/** Decides whether a draft may be published: it is one, and nothing is wrong with it. */
export function planPublish(status: string, issues: readonly LintIssue[]): Decision<{ status: "published" }> {
  if (status !== "draft") return refuse("not_a_draft");
  if (issues.length > 0) {
    return refuse("template_incomplete", {
      fields: Object.fromEntries(issues.map(({ path, reason }) => [path, reason])),
    });
  }
  return permit({ status: "published" });
}

/** Decides whether a version may be edited: only drafts are. */
export function planEdit(status: string): Decision<null> {
  return status === "draft" ? permit(null) : refuse("not_a_draft");
}

/** Decides whether arrivals may start on a version by default: only on a published one. */
export function planDefault(status: string): Decision<{ isDefault: true }> {
  return status === "published" ? permit({ isDefault: true }) : refuse("not_published");
}

/** The stages with the one at `from` standing at `to`; the others keep their order. Out of range changes nothing. */
export function withStageMoved<Stage>(stages: readonly Stage[], from: number, to: number): Stage[] {
  const moved = [...stages];
  if (to < 0 || to >= stages.length) return moved;
  const [stage] = moved.splice(from, 1);
  if (stage !== undefined) moved.splice(to, 0, stage);
  return moved;
}

/** A key for a name: lower case, digits and underscores, and none that is taken. */
export function keyFor(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 50) || "stage";
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}_${number}`)) return `${base}_${number}`;
}
