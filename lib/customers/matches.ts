import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import type { ReadPoint } from "./contact-points";
import { likeEnough, type MatchedCustomer, nameKeyOf, namesLikeness, placesAgree } from "./duplicates";
import type { DuplicateReason } from "./schema";

/** As many records with the same first letters are compared by name; more would be a crowd, not a match. */
const mostCandidates = 300;

/** A record that looks like the new one, and whether the asking member may see it. */
export type Match = MatchedCustomer & { name: string; isVisible: boolean };

type Row = {
  id: string;
  name: string;
  place: string | null;
  names: string[];
  points: { kind: "email" | "phone" | "social"; value: string }[];
  visible: boolean;
};

/**
 * Lets writers who bring the same address or number follow each other until their transactions end, so that two arrivals
 * of one person at one instant find each other.
 */
export async function lockContactValues(ctx: Context, points: readonly ReadPoint[]): Promise<void> {
  if (points.length === 0) return;
  const values = points.map(({ kind, value }) => `${ctx.workspaceId} ${kind} ${value}`).sort();
  await ctx.db
    .$executeRaw`select pg_advisory_xact_lock(hashtextextended(each, 0)) from unnest(${values}::text[]) as each`;
}

/**
 * Customers that look like the one described: by the same e-mail, phone or handle, or by a like name at no other place.
 * Merged and deleted ones are left out. Surest first; also those that the asking member may not see.
 */
export async function findMatches(
  ctx: Context,
  looked: {
    names: readonly string[];
    place?: string | null | undefined;
    points: readonly ReadPoint[];
    exceptId?: string;
  },
): Promise<Match[]> {
  const { workspaceId } = ctx;
  const nameKeys = [...new Set(looked.names.map(nameKeyOf))].filter((key) => key !== "");
  if (nameKeys.length === 0 && looked.points.length === 0) return [];
  const kinds = looked.points.map(({ kind }) => kind);
  const values = looked.points.map(({ value }) => value);
  const rows = await ctx.db.$queryRaw<Row[]>`
    with shared as (
      select cp.customer_id, jsonb_agg(distinct jsonb_build_object('kind', cp.kind, 'value', cp.value)) as points
      from contact_points cp join unnest(${kinds}::text[], ${values}::text[]) as wanted(kind, value) on cp.kind = wanted.kind and cp.value = wanted.value
      where cp.workspace_id = ${workspaceId}::uuid group by cp.customer_id limit 100
    ), alike as (
      select customer_id from customer_search where workspace_id = ${workspaceId}::uuid and name_key = any(${nameKeys}::text[]) limit ${mostCandidates}
    ), found as (select customer_id from shared union select customer_id from alike)
    select c.id, c.name, c.place, coalesce(s.points, '[]'::jsonb) as points,
      array(select p.name from persons p where p.workspace_id = c.workspace_id and p.customer_id = c.id and p.merged_into_id is null) as names,
      exists (select 1 from journeys j where j.workspace_id = c.workspace_id and j.customer_id = c.id and ${visibility(ctx)}) as visible
    from found f join customers c on c.workspace_id = ${workspaceId}::uuid and c.id = f.customer_id left join shared s on s.customer_id = c.id
    where c.merged_into_id is null and c.deleted_at is null and c.id is distinct from ${looked.exceptId ?? null}::uuid`;
  return rows.flatMap((row) => matchOf(row, looked)).sort((a, b) => b.reasons.length - a.reasons.length);
}

function visibility(ctx: Context): Prisma.Sql {
  return ctx.actor.kind === "member" || ctx.actor.kind === "key" ? visibleJourneys(ctx) : Prisma.sql`true`;
}

function matchOf(row: Row, looked: { names: readonly string[]; place?: string | null | undefined }): Match[] {
  const names = [row.name, ...row.names];
  const likeness = looked.names.length > 0 ? namesLikeness(looked.names, names) : 0;
  const isAlike = likeness >= likeEnough && (row.points.length > 0 || placesAgree(looked, row));
  const byName: DuplicateReason[] = isAlike ? [{ kind: "name", likeness }] : [];
  const reasons: DuplicateReason[] = [...row.points, ...byName];
  return reasons.length > 0 ? [{ customerId: row.id, name: row.name, names, reasons, isVisible: row.visible }] : [];
}
