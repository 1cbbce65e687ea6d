import { type Decision, permit, refuse } from "../decision";

type Standing = { parentId: string | null; children: number };

/**
 * Decides whether a record may belong to an account: an account tree is a parent and what belongs to it, so a parent has no
 * parent, and who has children belongs to nobody (DOMAIN D2).
 */
export function planParent(id: string, own: Standing, parent: ({ id: string } & Standing) | null): Decision<null> {
  const wrong = (reason: string) => refuse(reason, { fields: { parentId: reason } });
  if (parent === null) return permit(null);
  if (parent.id === id) return wrong("same_customer");
  if (parent.parentId !== null) return wrong("is_child");
  return own.children > 0 ? wrong("has_children") : permit(null);
}

type Row = { parentId: string | null } | null;

/**
 * Where the records of two accounts go when `from` turned out to be `to`: the head that the children of `from` belong to, and
 * the parent of `to` afterwards. Two levels stay two levels.
 */
export function planMergedTree(
  { from, to }: { from: string; to: string },
  theirs: Row,
  ours: Row,
  children: number,
): { head: string; parentId: string | null } {
  const own = ours === null || ours.parentId === from ? null : ours.parentId;
  const inherited = own === null && children === 0 && theirs?.parentId !== to ? (theirs?.parentId ?? null) : null;
  const parentId = own ?? inherited;
  return { head: parentId ?? to, parentId };
}
