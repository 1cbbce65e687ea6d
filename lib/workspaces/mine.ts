import { asUser } from "../db";

export type MyWorkspace = { slug: string; name: string };

/** The workspaces in which this user is an active member, by name; `boundTo` is the only one that her session opens. */
export async function listMyWorkspaces(userId: string, boundTo: string | null = null): Promise<MyWorkspace[]> {
  return asUser(
    userId,
    (db) => db.$queryRaw<MyWorkspace[]>`
      select w.slug, w.name from members m join workspaces w on w.id = m.workspace_id
      where m.user_id = ${userId}::uuid and m.status = 'active'
        and (${boundTo}::uuid is null or w.id = ${boundTo}::uuid) order by w.name`,
  );
}
