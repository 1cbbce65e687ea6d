import type { Context } from "../context";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Fields = Record<string, unknown>;

/** One statement's worth of changes, as the database answers it: rows changed, a row inserted, a row removed. */
export type Change =
  | { table: string; before: { [key: string]: Json }; after: { [key: string]: Json }; keys: { [key: string]: Json }[] }
  | { table: string; inserted: { [key: string]: Json } }
  | { table: string; removed: { [key: string]: Json } };

/**
 * Changes that belong together. A guarded group is taken back whole or not at all: when something it wrote was changed
 * since, all of it stays. The others go back field by field.
 */
export type ChangeGroup = { name: string; isGuarded: boolean; changes: Change[] };

/** Every change of one operation, in the order it was made, with enough to take it back. */
export class ChangeLog {
  readonly groups: ChangeGroup[] = [];

  constructor(private readonly ctx: Context) {}

  /** Collects what follows under a name; the group opened last receives the changes. */
  open(name: string, isGuarded = false): this {
    this.groups.push({ name, isGuarded, changes: [] });
    return this;
  }

  private keep(changes: Change[]): Change[] {
    if (this.groups.length === 0) this.open("base");
    this.groups.at(-1)?.changes.push(...changes);
    return changes;
  }

  /** Sets fields of the rows that match; a list means any of its values. Column names as in the database. */
  async change(table: string, matching: Fields, change: Fields): Promise<number> {
    const { ctx } = this;
    const [row] = await ctx.db.$queryRaw<{ changes: Change[] }[]>`
      select app.change_rows(${ctx.workspaceId}::uuid, ${table}, ${JSON.stringify(matching)}::jsonb, ${JSON.stringify(change)}::jsonb) as changes`;
    return this.keep(row?.changes ?? []).reduce((sum, each) => sum + ("keys" in each ? each.keys.length : 0), 0);
  }

  /** Inserts one complete row unless it is there already. */
  async insert(table: string, content: Fields): Promise<void> {
    const { ctx } = this;
    const [row] = await ctx.db.$queryRaw<{ changes: Change[] }[]>`
      select app.insert_row(${ctx.workspaceId}::uuid, ${table}, ${JSON.stringify(content)}::jsonb) as changes`;
    this.keep(row?.changes ?? []);
  }

  /** Removes the rows that match. */
  async remove(table: string, matching: Fields): Promise<void> {
    const { ctx } = this;
    const [row] = await ctx.db.$queryRaw<{ changes: Change[] }[]>`
      select app.remove_rows(${ctx.workspaceId}::uuid, ${table}, ${JSON.stringify(matching)}::jsonb) as changes`;
    this.keep(row?.changes ?? []);
  }
}

/** Takes groups back, last first; answers the names of the guarded ones that had to stay because they were worked on since. */
export async function takeBack(ctx: Context, groups: readonly ChangeGroup[]): Promise<string[]> {
  const stayed: string[] = [];
  for (const group of [...groups].reverse()) {
    if (group.changes.length === 0) continue;
    const changes = JSON.stringify(group.changes);
    if (group.isGuarded) {
      const [row] = await ctx.db.$queryRaw<
        { intact: boolean }[]
      >`select app.is_intact(${ctx.workspaceId}::uuid, ${changes}::jsonb) as intact`;
      if (!row?.intact) {
        stayed.push(group.name);
        continue;
      }
    }
    await ctx.db.$executeRaw`select app.restore_rows(${ctx.workspaceId}::uuid, ${changes}::jsonb)`;
  }
  return stayed;
}
