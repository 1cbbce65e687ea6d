"use client";

import { useState } from "react";
import { useUnloadWarning } from "@/components/ui/use-unload-warning";
import { newId } from "@/lib/identifiers";
import type { CriterionInput, StandardVersionView } from "@/lib/standards/schema";

/** A criterion on the screen: its own id, because its name may change while it is edited. */
export type EditedCriterion = CriterionInput & { id: string };
export type EditedStandard = { version: number; passMark: number; criteria: EditedCriterion[]; isDirty: boolean };

const fresh = (): EditedCriterion => ({
  id: newId(),
  name: "",
  nameHe: "",
  weight: 10,
  kind: "operational",
  rule: null,
  threshold: null,
  critical: null,
  momentId: null,
  responsibleRole: null,
});

/** What the editor holds; the browser asks before unsaved changes are left behind. */
export function useStandardDraft(version: StandardVersionView) {
  const [draft, setDraft] = useState<EditedStandard>(() => ({
    version: version.version,
    passMark: version.passMark,
    criteria: version.criterionList.map(({ momentName: _, momentNameHe: __, ...criterion }) => criterion),
    isDirty: false,
  }));
  useUnloadWarning(draft.isDirty);
  const edit = (change: Partial<EditedStandard>) => setDraft((before) => ({ ...before, ...change, isDirty: true }));
  const withCriteria = (change: (criteria: EditedCriterion[]) => EditedCriterion[]) =>
    setDraft((before) => ({ ...before, criteria: change(before.criteria), isDirty: true }));
  return {
    draft,
    setPassMark: (passMark: number) => edit({ passMark }),
    add: () => withCriteria((criteria) => [...criteria, fresh()]),
    remove: (id: string) => withCriteria((criteria) => criteria.filter((each) => each.id !== id)),
    change: (id: string, part: Partial<CriterionInput>) =>
      withCriteria((criteria) => criteria.map((each) => (each.id === id ? { ...each, ...part } : each))),
    /** What was on the screen when this was made is saved; what was edited since is not. */
    saved: (number: number) =>
      setDraft((before) => ({
        ...before,
        version: number,
        isDirty: before.criteria !== draft.criteria || before.passMark !== draft.passMark,
      })),
  };
}

/** The criteria as the server takes them. */
export function criteriaOf(draft: EditedStandard): CriterionInput[] {
  return draft.criteria.map(({ id: _, ...criterion }) => criterion);
}
