import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import type { DigestItemView, DigestKey, DigestScreen, DigestsInput, DigestView } from "./schema";
import { mayDecide, seesEveryDigest, visibleDigests } from "./visibility";

type Stored = Omit<DigestView, "from" | "to" | "builtAt" | "items"> & {
  from: Date;
  to: Date;
  builtAt: Date;
  items: DigestItemView[];
};

const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());

const viewOf = ({ from, to, builtAt, items, ...row }: Stored): DigestView => ({
  ...row,
  from: from.toISOString(),
  to: to.toISOString(),
  builtAt: builtAt.toISOString(),
  items: items.map((item) => ({ ...item, decidedAt: iso(item.decidedAt), escalatedAt: iso(item.escalatedAt) })),
});

function readDigests(ctx: Context, which: Prisma.Sql, most: number): Promise<Stored[]> {
  return ctx.db.$queryRaw<Stored[]>`
    select d.id, d.spoke_id as "spokeId", s.key as "spokeKey", s.name as "spokeName", s.name_he as "spokeNameHe", d.week::text, d.from_at as from,
      d.to_at as to, d.state, d.built_at as "builtAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'about', i.about, 'quotes', (select coalesce(jsonb_agg(q.one - 'responseId' order by q.place), '[]') from jsonb_array_elements(i.quotes) with ordinality q(one, place)), 'ownerId', i.owner_id, 'ownerName', o.name, 'state', i.state,
          'decidedByName', b.name, 'decidedAt', i.decided_at, 'action', i.action, 'actionKind', i.action_kind, 'actionId', i.action_id,
          'escalatedAt', i.escalated_at, 'version', i.version) order by i.position), '[]')
        from digest_items i left join members o on o.workspace_id = i.workspace_id and o.id = i.owner_id
        left join members b on b.workspace_id = i.workspace_id and b.id = i.decided_by_id
        where i.workspace_id = ${ctx.workspaceId}::uuid and i.digest_id = d.id) as items
    from digests d join spokes s on s.workspace_id = d.workspace_id and s.id = d.spoke_id
    where d.workspace_id = ${ctx.workspaceId}::uuid and ${visibleDigests(ctx)} and ${which}
    order by d.to_at desc, d.id desc limit ${most}`;
}

/** The digests one may read, the latest first, by cursor: a manager's of every department or of the one she names. */
export async function listDigests(
  ctx: Context,
  { spoke, limit, cursor }: DigestsInput,
): Promise<{ data: DigestView[]; nextCursor: string | null }> {
  requirePermission(ctx, "reports.read");
  const from = decodeCursor(cursor);
  const rows = await readDigests(
    ctx,
    Prisma.sql`${spoke ? Prisma.sql`s.key = ${spoke}` : Prisma.sql`true`} ${from ? Prisma.sql`and (d.to_at, d.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}`,
    limit + 1,
  );
  const last = rows.slice(0, limit).at(-1);
  return {
    data: rows.slice(0, limit).map(viewOf),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.to, id: last.id }) : null,
  };
}

/** One digest; `not_found` when it is not here or another department's. */
export async function getDigest(ctx: Context, { id }: DigestKey): Promise<DigestView> {
  requirePermission(ctx, "reports.read");
  const [row] = await readDigests(ctx, Prisma.sql`d.id = ${id}::uuid`, 1);
  if (!row) throw new AppError("not_found", "digest");
  return viewOf(row);
}

type SpokeRow = DigestScreen["spokes"][number] & { id: string };

/** The digests of a department, one's own unless a manager names another, and what came up to her undecided. */
export async function getDigestScreen(ctx: Context, input: DigestsInput): Promise<DigestScreen> {
  requirePermission(ctx, "reports.read");
  const isManager = seesEveryDigest(ctx);
  const rows = await ctx.db.$queryRaw<SpokeRow[]>`
    select s.id, s.key, s.name, s.name_he as "nameHe",
      (select count(*)::int from digest_items i join digests d on d.workspace_id = i.workspace_id and d.id = i.digest_id
        where d.workspace_id = s.workspace_id and d.spoke_id = s.id and i.state = 'open') as open
    from spokes s where s.workspace_id = ${ctx.workspaceId}::uuid and s.archived_at is null
      and ${isManager ? Prisma.sql`exists (select from digests e where e.workspace_id = s.workspace_id and e.spoke_id = s.id)` : Prisma.sql`s.id = ${ctx.spokeId}::uuid`}
    order by s.position`;
  const own = rows.find(({ id }) => id === ctx.spokeId) ?? rows[0];
  const chosen = rows.find(({ key }) => key === input.spoke) ?? own;
  const [page, escalated] = await Promise.all([
    chosen ? listDigests(ctx, { ...input, spoke: chosen.key }) : { data: [], nextCursor: null },
    isManager
      ? readDigests(
          ctx,
          Prisma.sql`exists (select from digest_items i where i.workspace_id = d.workspace_id and i.digest_id = d.id and i.state = 'open' and i.escalated_at is not null)`,
          20,
        )
      : [],
  ]);
  return {
    spokes: rows.map(({ id: _id, ...spoke }) => spoke),
    spoke: chosen?.key ?? null,
    digests: page.data,
    escalated: escalated.map(viewOf),
    canDecide: chosen ? mayDecide(ctx, chosen.id) : false,
    isManager,
    nextCursor: page.nextCursor,
  };
}

/** How many items of one's own department, or come up to a manager, wait for somebody. */
export async function countOpenItems(ctx: Context): Promise<number> {
  const mine = Prisma.sql`d.spoke_id = ${ctx.spokeId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from digest_items i join digests d on d.workspace_id = i.workspace_id and d.id = i.digest_id
    where d.workspace_id = ${ctx.workspaceId}::uuid and i.state = 'open' and ${visibleDigests(ctx)}
      and (${mine} ${seesEveryDigest(ctx) ? Prisma.sql`or i.escalated_at is not null` : Prisma.empty})`;
  return row?.n ?? 0;
}
