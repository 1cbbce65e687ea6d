/** What was there when somebody dropped out, with its weight: department .5, recent handoff .3, last medium .2. */
export type Contributor = { key: string; weight: number };

/**
 * How many drops each contributor is associated with (DOMAIN F19b): the parts that were there share one drop among them.
 *
 * An account and not a cause. Keys in the order of their share, the largest first; a drop without parts counts nowhere.
 */
export function attributeDrops(drops: readonly (readonly Contributor[])[]): { key: string; drops: number }[] {
  const shares = new Map<string, number>();
  for (const parts of drops) {
    const all = parts.reduce((sum, { weight }) => sum + weight, 0);
    if (all > 0) for (const { key, weight } of parts) shares.set(key, (shares.get(key) ?? 0) + weight / all);
  }
  return [...shares]
    .map(([key, share]) => ({ key, drops: share }))
    .sort((a, b) => b.drops - a.drops || (a.key < b.key ? -1 : 1));
}
