"use client";

import { useReducer } from "react";
import { useUnloadWarning } from "@/components/ui/use-unload-warning";
import { newId } from "@/lib/identifiers";
import { keyFor, withStageMoved } from "@/lib/templates/rules";
import type { StageInput, TemplateView, TouchpointInput } from "@/lib/templates/schema";

export type EditedTouchpoint = TouchpointInput & { id: string };

/** A stage on the screen: its own id, because its key may change while it is edited. */
export type EditedStage = Omit<StageInput, "touchpoints"> & { id: string; touchpoints: EditedTouchpoint[] };
export type Draft = { name: string; version: number; stages: EditedStage[]; isDirty: boolean };

export type Change =
  | { kind: "name"; name: string }
  | { kind: "stage"; id: string; change: Partial<EditedStage> }
  | { kind: "move"; id: string; by: 1 | -1 }
  | { kind: "add"; name: string; spokeId: string; id: string; afterId: string | null }
  | { kind: "remove"; id: string }
  | { kind: "saved"; version: number; sent: Pick<Draft, "name" | "stages"> }
  | { kind: "version"; version: number };

function withStage(draft: Draft, id: string, change: Partial<EditedStage>): Draft {
  const before = draft.stages.find((stage) => stage.id === id);
  if (!before) return draft;
  const renamed = change.key !== undefined && change.key !== before.key ? change.key : null;
  const stages = draft.stages.map((stage): EditedStage => {
    if (stage.id === id) return { ...stage, ...change };
    if (renamed === null || !stage.allowedNext.includes(before.key)) return stage;
    return { ...stage, allowedNext: stage.allowedNext.map((key) => (key === before.key ? renamed : key)) };
  });
  return { ...draft, stages, isDirty: true };
}

function withStageAdded(draft: Draft, { name, spokeId, id, afterId }: Extract<Change, { kind: "add" }>): Draft {
  const at = draft.stages.findIndex((stage) => stage.id === afterId);
  const before = draft.stages[at] ?? draft.stages.at(-1);
  const stage: EditedStage = {
    id,
    key: keyFor(
      name,
      draft.stages.map(({ key }) => key),
    ),
    name,
    spokeId: before?.spokeId ?? spokeId,
    phase: before?.phase ?? "before",
    entryStatus: before?.entryStatus === "won" ? "won" : "active",
    dwellP50Days: null,
    dwellP80Days: null,
    silenceDays: null,
    allowedNext: [],
    requiredFields: [],
    touchpoints: [],
  };
  const place = at < 0 ? draft.stages.length : at + 1;
  return { ...draft, stages: draft.stages.toSpliced(place, 0, stage), isDirty: true };
}

function withStageRemoved(draft: Draft, id: string): Draft {
  const gone = draft.stages.find((stage) => stage.id === id)?.key;
  const stages = draft.stages
    .filter((stage) => stage.id !== id)
    .map((stage) => ({ ...stage, allowedNext: stage.allowedNext.filter((key) => key !== gone) }));
  return { ...draft, stages, isDirty: true };
}

/** The draft after one change of the editor. */
export function changed(draft: Draft, change: Change): Draft {
  switch (change.kind) {
    case "name":
      return { ...draft, name: change.name, isDirty: true };
    case "stage":
      return withStage(draft, change.id, change.change);
    case "move": {
      const from = draft.stages.findIndex(({ id }) => id === change.id);
      return { ...draft, stages: withStageMoved(draft.stages, from, from + change.by), isDirty: true };
    }
    case "add":
      return withStageAdded(draft, change);
    case "remove":
      return withStageRemoved(draft, change.id);
    case "saved":
      // What was edited while the save was on its way is still to be saved.
      return {
        ...draft,
        version: change.version,
        isDirty: draft.name !== change.sent.name || draft.stages !== change.sent.stages,
      };
    case "version":
      return { ...draft, version: change.version };
  }
}

/** What the editor holds; the browser asks before unsaved changes are left behind. */
export function useDraft(template: TemplateView) {
  const [draft, change] = useReducer(changed, null, () => ({
    name: template.name,
    version: template.version,
    stages: template.stageList.map(({ position: _, touchpoints, ...stage }) => ({
      ...stage,
      touchpoints: touchpoints.map((touchpoint) => ({ ...touchpoint, id: newId() })),
    })),
    isDirty: false,
  }));
  useUnloadWarning(draft.isDirty);
  return { draft, change };
}

/** The stages as the server takes them. */
export function stagesOf(draft: Draft): StageInput[] {
  return draft.stages.map(({ id: _, touchpoints, ...stage }) => ({
    ...stage,
    touchpoints: touchpoints.map(({ id: __, ...touchpoint }) => touchpoint),
  }));
}
