import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { databaseTransaction } from "@/lib/db";
import type { TestMember } from "./factories";

/** A context to act in as that member, in those roles. */
export async function contextOf(workspace: { id: string }, member: TestMember, roles: Role[]): Promise<Context> {
  const ctx = await systemContext(workspace.id, { memberId: member.memberId, roles });
  return { ...ctx, userId: member.userId };
}

/** The secret of the latest link under `path` (`/reset/`) that a workspace has mailed. */
export async function linkIn(workspaceId: string, path: string): Promise<string> {
  const mail = await databaseTransaction(workspaceId, (db) =>
    db.mail.findFirstOrThrow({ where: { workspaceId, text: { contains: path } }, orderBy: { id: "desc" } }),
  );
  return mail.text.split(path)[1]?.split(/\s/)[0] ?? "";
}
