type Responsible = { responsibleRole: string | null; isMemberActive: boolean };

/**
 * Whether nobody answers for a moment: no active member is named, and its role is missing or held by nobody (DOMAIN C5).
 */
export function isOrphaned({ responsibleRole, isMemberActive }: Responsible, heldRoles: ReadonlySet<string>): boolean {
  return !isMemberActive && (responsibleRole === null || !heldRoles.has(responsibleRole));
}
