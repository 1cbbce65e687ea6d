import { describe, expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { contextOfKey } from "@/lib/keys/access";
import { revokeKey } from "@/lib/keys/commands";
import { changeMember } from "@/lib/members/commands";
import { record, transaction } from "@/lib/transaction";
import { makeKeyOf } from "../integration/api/client";
import { makeMember, makeSession, makeWorkspace } from "../support/factories";
import { contextOf } from "../support/people";

async function scene() {
  const workspace = await makeWorkspace();
  const owner = await contextOf(workspace, workspace.owner, ["owner", "admin", "manager"]);
  const member = await makeMember(workspace, { roles: ["osc", "manager"] });
  const { sessionId } = await makeSession(member.userId);
  const seen = await contextOfSession({ userId: member.userId, sessionId }, workspace.slug);
  if (!seen) throw new Error("no context");
  const change = (data: object) =>
    databaseTransaction(workspace.id, (db) =>
      db.member.updateMany({ where: { workspaceId: workspace.id, id: member.memberId }, data }),
    );
  const teams = () =>
    databaseTransaction(workspace.id, (db) => db.team.count({ where: { workspaceId: workspace.id, name: "Late" } }));
  return { workspace, owner, member, seen, change, teams };
}

/** A write that takes so long that `meanwhile` happens before it ends. */
const writeSlowly = (ctx: Context, meanwhile: () => Promise<unknown>) =>
  inWorkspace(ctx.workspaceId, () =>
    transaction(ctx, async (inner) => {
      const id = crypto.randomUUID();
      await inner.db.team.create({ data: { workspaceId: ctx.workspaceId, id, name: "Late" } });
      await meanwhile();
      record(inner, "team.created", { subject: `team:${id}` });
    }),
  );

describe("R05 who loses her right while her write runs", () => {
  test("does not finish it: a role taken, an access ended, a key revoked", async () => {
    const { workspace, owner, seen, change, teams } = await scene();
    const refused = { code: "forbidden", reason: "no_longer" };
    await expect(writeSlowly(seen, () => change({ roles: ["osc"] }))).rejects.toMatchObject(refused);
    await change({ roles: ["osc", "manager"], status: "deactivated" });
    await expect(writeSlowly(seen, async () => undefined)).rejects.toMatchObject(refused);
    const { id, secret } = await makeKeyOf(owner, "manager");
    const byKey = await contextOfKey(secret);
    const revoke = () => inWorkspace(workspace.id, () => revokeKey(owner, { id }));
    await expect(writeSlowly(byKey, revoke)).rejects.toMatchObject(refused);
    expect(await teams()).toBe(0);
  });

  test("finishes it while she keeps what she had, gets more, or changes it herself", async () => {
    const { workspace, seen, change, teams } = await scene();
    await writeSlowly(seen, async () => undefined);
    await writeSlowly(seen, () => change({ roles: ["osc", "manager", "qa"] }));
    expect(await teams()).toBe(2);
    const { sessionId } = await makeSession(workspace.owner.userId);
    const second = await makeMember(workspace, { roles: ["owner"] });
    const itself = await contextOfSession({ userId: workspace.owner.userId, sessionId }, workspace.slug);
    if (!itself) throw new Error("no context");
    expect(second.memberId).not.toBe(itself.memberId);
    const { version } = await databaseTransaction(workspace.id, (db) =>
      db.member.findFirstOrThrow({ where: { workspaceId: workspace.id, id: workspace.owner.memberId } }),
    );
    const changed = { memberId: workspace.owner.memberId, version, roles: ["manager" as const] };
    await expect(inWorkspace(workspace.id, () => changeMember(itself, changed))).resolves.toBeDefined();
  });

  test("and a key may revoke itself", async () => {
    const { owner, workspace } = await scene();
    const { id, secret } = await makeKeyOf(owner, "admin");
    const itself = await contextOfKey(secret);
    await inWorkspace(workspace.id, () => revokeKey(itself, { id }));
    await expect(contextOfKey(secret)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
