import { type Role, roles } from "../auth/roles";
import { permit, refuse } from "../decision";

/** Whether somebody with these roles may hand out `role`: nobody gives more than she has, and only an owner makes owners. */
export function planGrant(held: readonly Role[], role: Role) {
  if (held.includes("owner")) return permit({ role });
  if (held.includes("admin") && role !== "owner") return permit({ role });
  return refuse("role_above_own");
}

/** The roles that one may hand out. */
export function grantableRoles(held: readonly Role[]): Role[] {
  return roles.filter((role) => planGrant(held, role).ok);
}
