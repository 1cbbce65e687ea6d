/** The search string of an inbox: whose, and whether only what is mine. Empty for everything of one's own department. */
export function filterOf(spoke: string | null | undefined, isMine: boolean): string {
  const filter = new URLSearchParams();
  if (spoke) filter.set("spoke", spoke);
  if (isMine) filter.set("mine", "1");
  return filter.toString();
}
