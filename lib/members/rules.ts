import type { Role } from "../auth/roles";
import { permit, refuse } from "../decision";

/** Whether a role may be handed out or taken away by somebody who holds `held`: an admin all but owner, an owner all. */
function isWithin(held: readonly Role[], role: Role): boolean {
  return held.includes("owner") || (held.includes("admin") && role !== "owner");
}

/** Decides who may give a member these roles: nobody grants, takes away or changes anything above her own level. */
export function planRoles(held: readonly Role[], before: readonly Role[], after: readonly Role[]) {
  const touched = [...before, ...after].filter((role) => before.includes(role) !== after.includes(role));
  if (!touched.every((role) => isWithin(held, role))) return refuse("role_above_own");
  return permit({ roles: [...after] });
}

/** Decides whether somebody may manage a member at all: an owner is managed by owners alone. */
export function planManage(held: readonly Role[], target: readonly Role[]) {
  return target.every((role) => isWithin(held, role)) ? permit(null) : refuse("role_above_own");
}

export type Keeper = { id: string; roles: readonly Role[] };

/**
 * Decides whether the workspace can do without a member in her old roles: one active owner stays where there was one, and
 * somebody who manages members always.
 */
export function planKeepers(active: readonly Keeper[], leaving: { id: string; roles: readonly Role[] }) {
  const after = active.map((each) => (each.id === leaving.id ? leaving : each));
  const has = (list: readonly Keeper[], ...wanted: Role[]) =>
    list.some(({ roles }) => wanted.some((role) => roles.includes(role)));
  if (has(active, "owner") && !has(after, "owner")) return refuse("last_owner");
  if (!has(after, "owner", "admin")) return refuse("last_admin");
  return permit(null);
}

export type Leaving = {
  memberId: string;
  coverageLeadId: string | null;
  /** Active OSCs, the leaving one among them when she is one. */
  oscIds: readonly string[];
  successor: { id: string; isOsc: boolean } | null;
};

/**
 * Decides who takes over from a leaving member. The leader of the coverage group and the last OSC cannot go before a
 * successor is named; everybody else's customers go to the named successor or to that leader.
 */
export function planSuccession({ memberId, coverageLeadId, oscIds, successor }: Leaving) {
  const leads = coverageLeadId === memberId;
  const isLastOsc = oscIds.length === 1 && oscIds[0] === memberId;
  if (!successor) {
    if (leads) return refuse("coverage_lead");
    if (isLastOsc || !coverageLeadId) return refuse("last_osc");
    return permit({ heirId: coverageLeadId, newLeadId: null });
  }
  if (successor.id === memberId) return refuse("successor_leaves");
  if (!leads && !successor.isOsc && successor.id !== coverageLeadId) return refuse("not_an_osc");
  return permit({ heirId: successor.id, newLeadId: leads ? successor.id : null });
}
