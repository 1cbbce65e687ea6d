import type { LogInteractionInput } from "@/lib/interactions/schema";
import { type InteractionType, interactionTypes } from "@/lib/journeys/vocabulary";
import type { Draft } from "./draft";

/** Whom a contact is logged for. */
export type ComposerSubject = {
  customerId: string;
  journeyId: string;
  /** What is expected next now; logging may complete it. */
  nextName: string | null;
  /** What that is about; a contact that completes it is of the same type. */
  nextType?: string | null;
  persons: readonly { id: string; name: string }[];
};

/** What the form means as a command: a call held is two-way, a note is internal, the next step is a rule of time. */
export function inputOf(draft: Draft, subject: ComposerSubject, id: string): LogInteractionInput {
  const isNote = draft.medium === "note";
  const next = draft.nextName.trim()
    ? {
        name: draft.nextName.trim(),
        ...(draft.when === "at" && draft.at ? { dueAt: new Date(draft.at).toISOString() } : ruleOf(draft.when)),
      }
    : draft.completes
      ? ("none" as const)
      : undefined;
  return {
    id,
    customerId: subject.customerId,
    journeyId: subject.journeyId,
    medium: draft.medium,
    direction: isNote ? "internal" : draft.direction,
    isTwoWay: !isNote && draft.isTwoWay,
    personId: draft.personId || null,
    summary: draft.summary,
    felt: draft.felt === "" ? null : draft.felt,
    hadToRepeat: draft.hadToRepeat,
    type: typeOf(draft, subject),
    observations: observationsOf(draft),
    completesNext: draft.completes && subject.nextName !== null,
    ...(next === undefined ? {} : { next }),
  };
}

/** What the contact is about: as chosen, else as what it completes, else a follow-up. */
export function typeOf(draft: Draft, subject: ComposerSubject): InteractionType {
  const expected = draft.completes ? subject.nextType : null;
  return draft.type || interactionTypes.find((type) => type === expected) || "follow-up";
}

const observationsOf = ({ moments }: Draft) =>
  Object.entries(moments).map(([momentId, state]) => ({ momentId, state }));

function ruleOf(when: Draft["when"]) {
  const rules = { day: 1, two_days: 2, week: 5, two_weeks: 10 } as const;
  return when in rules ? { due: { unit: "business_days" as const, amount: rules[when as keyof typeof rules] } } : {};
}
