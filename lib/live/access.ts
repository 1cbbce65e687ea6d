import { isRole, type Role } from "../auth/roles";
import { sessionSeconds } from "../auth/token";
import { database, inWorkspace } from "../db";

/** What lets somebody listen: a browser's session or an API key. */
export type Pass = { kind: "session" | "key"; id: string };

/** Who the holder of a pass is at this moment. */
export type Holder = { memberId: string; roles: Role[]; spokeId: string | null; teamId: string | null };

type Row = { id: string; member_id: string; roles: string[]; spoke_id: string | null; team_id: string | null };

const idsOf = (passes: Pass[], kind: Pass["kind"]) => [
  ...new Set(passes.filter((pass) => pass.kind === kind).map((pass) => pass.id)),
];

async function sessionHolders(workspaceId: string, ids: string[], now: Date): Promise<Row[]> {
  const idleSince = new Date(now.getTime() - sessionSeconds * 1000);
  return database().$queryRaw<Row[]>`
    select s.id, m.id as member_id, m.roles, m.spoke_id, m.team_id
    from sessions s
    join users u on u.id = s.user_id and u.status = 'active'
    join members m on m.user_id = u.id and m.workspace_id = ${workspaceId}::uuid and m.status = 'active'
    where s.id = any(${ids}::uuid[]) and (s.connection_workspace_id is null or s.connection_workspace_id = ${workspaceId}::uuid)
      and s.revoked_at is null and s.last_used_at > ${idleSince}`;
}

async function liveKeys(workspaceId: string, ids: string[]): Promise<Set<string>> {
  const rows = await database().apiKey.findMany({
    where: { workspaceId, id: { in: ids }, revokedAt: null },
    select: { id: true },
  });
  return new Set(rows.map((row) => row.id));
}

/** The passes that still hold, of one workspace, with who holds them; a key keeps the holder it was opened with. */
export async function checkPasses(
  workspaceId: string,
  passes: Pass[],
  now = new Date(),
): Promise<{ sessions: Map<string, Holder>; keys: Set<string> }> {
  const sessionIds = idsOf(passes, "session");
  const keyIds = idsOf(passes, "key");
  return inWorkspace(workspaceId, async () => {
    const rows = sessionIds.length > 0 ? await sessionHolders(workspaceId, sessionIds, now) : [];
    const keys = keyIds.length > 0 ? await liveKeys(workspaceId, keyIds) : new Set<string>();
    const sessions = new Map<string, Holder>(
      rows.map((row) => [
        row.id,
        { memberId: row.member_id, roles: row.roles.filter(isRole), spokeId: row.spoke_id, teamId: row.team_id },
      ]),
    );
    return { sessions, keys };
  });
}
