import { type Decision, permit, refuse } from "../decision";

type Wanted = { coordinatorId: string; memberIds: readonly string[] };

/**
 * Decides whether a selling team may be named as it is wanted: everybody in it sells, and the one who coordinates is of it.
 * Answers each member once.
 */
export function planTeam(wanted: Wanted, sellers: readonly string[]): Decision<{ memberIds: string[] }> {
  const memberIds = [...new Set(wanted.memberIds)];
  if (!memberIds.every((id) => sellers.includes(id)))
    return refuse("does_not_sell", { fields: { memberIds: "does_not_sell" } });
  if (!memberIds.includes(wanted.coordinatorId))
    return refuse("not_in_team", { fields: { coordinatorId: "not_in_team" } });
  return permit({ memberIds });
}

/** Whether somebody may change a team: anybody who sells while there is none, then its members and the deal desk. */
export function mayChangeTeam(team: readonly string[], who: { memberId: string | null; isDealDesk: boolean }): boolean {
  return team.length === 0 || who.isDealDesk || (who.memberId !== null && team.includes(who.memberId));
}
