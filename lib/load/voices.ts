import { newId } from "../identifiers";

type Heard = { outcome: number; class: "positive" | "neutral" | "negative" };

/** A contact of which the customer said something. */
export type Answered = Heard & { id: string; at: Date };

const outcomes: readonly Heard[] = [
  { outcome: 5, class: "positive" },
  { outcome: 4, class: "positive" },
  { outcome: 4, class: "positive" },
  { outcome: 3, class: "neutral" },
  { outcome: 2, class: "negative" },
];

/** What the customer said of the n-th contact, who had expected a 4: one in five said something, the same for the same n. */
export function heardOf(index: number): Heard | null {
  const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return mixed % 5 === 0 ? (outcomes[(mixed >>> 8) % outcomes.length] ?? null) : null;
}

/** The columns of `answerRows`. */
export const answerColumns =
  "workspace_id, id, interaction_id, source, expectation, outcome, class, answered_at, recorded_at, counts_for_class";

/** The answers behind the classes, an hour after each contact. */
export function* answerRows(workspaceId: string, voices: readonly Answered[]) {
  for (const { id, at, outcome, class: found } of voices) {
    const then = new Date(at.getTime() + 3_600_000);
    yield [workspaceId, newId(), id, "customer", 4, outcome, found, then, then, true];
  }
}
