"use client";

import { useState } from "react";
import { useUnsaved } from "@/components/ui/use-unsaved";
import { newId } from "@/lib/identifiers";
import type { Condition, PolicyView, Rule } from "@/lib/scenarios/schema";
import type { Scenario } from "@/lib/scenarios/vocabulary";

export type EditedCondition = { id: string; condition: Condition };
export type EditedRule = {
  id: string;
  scenario: Scenario;
  /** What a person may choose instead; every scenario when undefined. */
  overrides: Scenario[] | undefined;
  conditions: EditedCondition[];
};

const editedOf = ({ scenario, conditions, overrides }: Rule): EditedRule => ({
  id: newId(),
  ...{ scenario, overrides },
  conditions: conditions.map((condition) => ({ id: newId(), condition })),
});

/** The rules as the server takes them. */
export const rulesOf = (rules: readonly EditedRule[]): Rule[] =>
  rules.map(({ scenario, conditions, overrides }) => ({
    scenario,
    conditions: conditions.map(({ condition }) => condition),
    ...(overrides ? { overrides } : {}),
  }));

type Numbers = Pick<PolicyView, "weights" | "companyStage" | "hoursB" | "hoursC" | "freeHours">;

/** What the editor of a policy holds; the browser asks before unsaved changes are left behind. */
export function usePolicyDraft(draft: PolicyView) {
  const [version, setVersion] = useState(draft.version);
  const unsaved = useUnsaved();
  const [rules, setRules] = useState(() => draft.rules.map(editedOf));
  const [numbers, setNumbers] = useState<Numbers>(() => {
    const { weights, companyStage, hoursB, hoursC, freeHours } = draft;
    return { weights, companyStage, hoursB, hoursC, freeHours };
  });
  const edit = (change: (before: EditedRule[]) => EditedRule[]) => {
    setRules(change);
    unsaved.edited();
  };
  return {
    version,
    isDirty: unsaved.isDirty,
    rules,
    numbers,
    setNumbers: (part: Partial<Numbers>) => {
      setNumbers((before) => ({ ...before, ...part }));
      unsaved.edited();
    },
    /** A new rule comes first: the last one stays the one that takes every deal. */
    add: () => {
      const condition: Condition = { field: "value", is: "at_least", value: 0.5 };
      edit((before) => [editedOf({ scenario: "B", conditions: [condition] }), ...before]);
    },
    remove: (id: string) => edit((before) => before.filter((rule) => rule.id !== id)),
    change: (id: string, part: Partial<EditedRule>) =>
      edit((before) => before.map((rule) => (rule.id === id ? { ...rule, ...part } : rule))),
    /** Puts a rule one place up or down. */
    move: (place: number, by: -1 | 1) =>
      edit((before) => {
        const moved = before.filter((_, each) => each !== place);
        const rule = before[place];
        if (rule) moved.splice(place + by, 0, rule);
        return moved;
      }),
    saved: (next: number) => {
      setVersion(next);
      unsaved.saved();
    },
  };
}
