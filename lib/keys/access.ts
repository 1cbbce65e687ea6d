import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { asUser, database, inWorkspace } from "../db";
import { AppError } from "../errors";
import { parseKey } from "./secret";

type Row = {
  key_id: string;
  role: string;
  last_used_at: Date | null;
  time_zone: string;
  locale: string;
  currency: string;
  is_demo: boolean;
  member_id: string | null;
  spoke_id: string | null;
  team_id: string | null;
  member_time_zone: string | null;
};

/** Slug to id. A slug that changed hands opens nothing: the key's hash is looked up under the id. */
const workspaceIds = new Map<string, { id: string; until: number }>();
const keepFor = 60_000;

async function workspaceIdOf(slug: string, now: Date): Promise<string | null> {
  const known = workspaceIds.get(slug);
  if (known && known.until > now.getTime()) return known.id;
  const found = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!found) return null;
  if (workspaceIds.size > 10_000) workspaceIds.clear();
  workspaceIds.set(slug, { id: found.id, until: now.getTime() + keepFor });
  return found.id;
}

/**
 * One statement: the key, its workspace, and the member it acts as: who made it, while she is active and has the key's
 * role herself; else, for a key that sees the whole workspace anyway, the lead of the coverage group; else nobody, so that
 * no key sees more than its role. A key of a department's role stands in that department.
 */
function findKey(workspaceId: string, secretHash: string, now: Date): Promise<Row[]> {
  return database().$queryRaw<Row[]>`
    select k.id as key_id, k.role, k.last_used_at, w.time_zone, w.locale, w.currency, w.is_demo,
           m.id as member_id, coalesce(s.id, m.spoke_id) as spoke_id, m.team_id, m.time_zone as member_time_zone
    from api_keys k
    join workspaces w on w.id = k.workspace_id
    left join workspace_settings c on c.workspace_id = ${workspaceId}::uuid and k.role in ('osc', 'manager', 'auditor')
    left join members a on a.workspace_id = ${workspaceId}::uuid and a.id = k.created_by_id and a.status = 'active'
      and k.role = any(a.roles)
    left join members m on m.workspace_id = ${workspaceId}::uuid and m.id = coalesce(a.id, c.coverage_lead_id)
    left join spokes s on s.workspace_id = ${workspaceId}::uuid and s.key = k.role
    where k.workspace_id = ${workspaceId}::uuid and k.secret_hash = ${secretHash} and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${now})`;
}

/** Marks the key as used, at most once a minute, so that reading costs no write. */
async function touch(workspaceId: string, row: Row, now: Date): Promise<void> {
  if (row.last_used_at && now.getTime() - row.last_used_at.getTime() < 60_000) return;
  await database().apiKey.updateMany({ where: { workspaceId, id: row.key_id }, data: { lastUsedAt: now } });
}

/** The context of whoever sends this key; throws `unauthenticated` for none, an unknown, an ended or a revoked one. */
export async function contextOfKey(text: string | null, now = new Date()): Promise<Context> {
  const parsed = text ? parseKey(text) : null;
  const workspaceId = parsed ? await workspaceIdOf(parsed.slug, now) : null;
  if (!parsed || !workspaceId) throw new AppError("unauthenticated", "key");
  return inWorkspace(workspaceId, async () => {
    const [row] = await findKey(workspaceId, parsed.secretHash, now);
    if (!row || !isRole(row.role)) throw new AppError("unauthenticated", "key");
    await touch(workspaceId, row, now);
    return {
      workspaceId,
      slug: parsed.slug,
      actor: { kind: "key", id: row.key_id },
      memberId: row.member_id,
      userId: null,
      roles: [row.role],
      spokeId: row.spoke_id,
      teamId: row.team_id,
      timeZone: row.member_time_zone ?? row.time_zone,
      locale: row.locale,
      currency: row.currency,
      isDemo: row.is_demo,
      now,
      db: database(),
      isVouched: true,
    };
  });
}
