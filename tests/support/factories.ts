import { randomBytes } from "node:crypto";
import type { Role } from "@/lib/auth/roles";
import { sealSession, sessionCookieName } from "@/lib/auth/token";
import { asUser, databaseTransaction } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import type { SpokeKey } from "@/lib/workspaces/defaults";
import { type CreateWorkspace, createWorkspace } from "@/lib/workspaces/setup";

/** A member who can sign in. */
export type TestMember = { memberId: string; userId: string; name: string; email: string };

/** A workspace of one test: its owner leads the coverage group. */
export type TestWorkspace = { id: string; slug: string; name: string; owner: TestMember };

const unique = () => randomBytes(5).toString("hex");

/** A furnished workspace with an active owner; nothing of it is shared with any other test. */
export async function makeWorkspace(options: Partial<CreateWorkspace> = {}): Promise<TestWorkspace> {
  const slug = options.slug ?? `test-${unique()}`;
  const name = options.name ?? "Northwind Homes";
  const owner = options.owner ?? { name: "Olive Owner", email: `olive.${unique()}@example.test` };
  const { workspaceId: id, ownerMemberId } = await createWorkspace({ timeZone: "UTC", ...options, slug, name, owner });
  const userId = await makeUser(owner);
  await databaseTransaction(id, (db) =>
    db.member.update({
      where: { workspaceId_id: { workspaceId: id, id: ownerMemberId } },
      data: { userId, status: "active" },
    }),
  );
  return { id, slug, name, owner: { memberId: ownerMemberId, userId, ...owner } };
}

/** An active member with a user of her own; `spoke` is the department she sits in. */
export async function makeMember(
  workspace: { id: string },
  { name = "Mia Member", roles = ["osc"], spoke = "osc" }: { name?: string; roles?: Role[]; spoke?: SpokeKey } = {},
): Promise<TestMember> {
  const { id: workspaceId } = workspace;
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}.${unique()}@example.test`;
  const memberId = newId();
  const userId = await makeUser({ name, email });
  await databaseTransaction(workspaceId, async (db) => {
    const { id: spokeId } = await db.spoke.findFirstOrThrow({ where: { workspaceId, key: spoke } });
    await db.member.create({
      data: { workspaceId, id: memberId, userId, name, email, roles, spokeId, status: "active" },
    });
  });
  return { memberId, userId, name, email };
}

/** The cookie of a signed-in browser of that user. */
export async function makeSession(userId: string): Promise<{ name: string; value: string; sessionId: string }> {
  const sessionId = newId();
  await asUser(userId, (db) => db.session.create({ data: { id: sessionId, userId } }));
  return { name: sessionCookieName(), value: await sealSession({ userId, sessionId }), sessionId };
}

async function makeUser({ name, email }: { name: string; email: string }): Promise<string> {
  const id = newId();
  await asUser(null, (db) => db.user.create({ data: { id, name, email, emailVerifiedAt: new Date() } }));
  return id;
}
