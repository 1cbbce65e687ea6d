import { asUser } from "../db";

export type MyWorkspace = { slug: string; name: string };

/** The workspaces in which this user is an active member, by name. */
export async function listMyWorkspaces(userId: string): Promise<MyWorkspace[]> {
  return asUser(
    userId,
    (db) => db.$queryRaw<MyWorkspace[]>`
      select w.slug, w.name from members m join workspaces w on w.id = m.workspace_id
      where m.user_id = ${userId}::uuid and m.status = 'active' order by w.name`,
  );
}
