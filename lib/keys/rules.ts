import { type Role, roles } from "../auth/roles";
import { planRoles } from "../members/rules";

/** Whether somebody with these roles may hand out a key of `role`: the same rule as for members. */
export function planGrant(held: readonly Role[], role: Role) {
  return planRoles(held, [], [role]);
}

/** The roles that one may hand out. */
export function grantableRoles(held: readonly Role[]): Role[] {
  return roles.filter((role) => planGrant(held, role).ok);
}
