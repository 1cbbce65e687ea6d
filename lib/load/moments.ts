import type pg from "pg";
import { newId } from "../identifiers";
import type { Answered } from "./voices";

/** What the contacts of load are seen by, beside the moment that every workspace begins with. */
const names = ["Reached in time", "Knew the file", "Answered the question", "Named a price"];

/** How often a moment succeeds in a good contact, and in one that was not; the last one says nothing. */
const chances = [
  [0.95, 0.5],
  [0.9, 0.6],
  [0.85, 0.6],
  [0.8, 0.65],
  [0.75, 0.75],
] as const;

/** The moments of follow-ups, made where they are missing; their ids in one order. */
export async function makeLoadMoments(client: pg.Client, workspaceId: string): Promise<string[]> {
  for (const [place, name] of names.entries())
    await client.query(
      "insert into defining_moments (workspace_id, id, interaction_type, name, responsible_role, position) values ($1, $2, 'follow-up', $3, 'osc', $4)",
      [workspaceId, newId(), name, place + 1],
    );
  const { rows } = await client.query<{ id: string }>(
    "select id from defining_moments where workspace_id = $1 and interaction_type = 'follow-up' order by position, name",
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}

/** The columns of `seenRows`. */
export const seenColumns =
  "workspace_id, id, interaction_id, moment_id, state, observer_kind, observed_at, recorded_at";

/** What was seen of every moment in each contact that somebody was asked about, the same for the same contacts. */
export function* seenRows(workspaceId: string, momentIds: readonly string[], voices: readonly Answered[]) {
  for (const [each, { id, at, class: found }] of voices.entries())
    for (const [place, momentId] of momentIds.entries()) {
      const mixed = (Math.imul(each * momentIds.length + place + 1, 0x85ebca6b) >>> 0) / 4_294_967_296;
      const chance = chances[place % chances.length]?.[found === "positive" ? 0 : 1] ?? 0.5;
      const state = mixed >= chance ? "missed" : mixed < chance / 3 ? "done_well" : "done";
      yield [workspaceId, newId(), id, momentId, state, "qa", at, at];
    }
}
