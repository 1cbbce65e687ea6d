import { describe, expect, test } from "vitest";
import { asMember } from "@/lib/auth/as-member";
import { endSessions } from "@/lib/auth/sessions";
import type { Context } from "@/lib/context";
import { asUser, databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeSession, makeWorkspace } from "../support/factories";

async function scene() {
  const workspace = await makeWorkspace();
  const { memberId, userId } = await makeMember(workspace, { roles: ["osc", "manager"] });
  const { sessionId } = await makeSession(userId);
  const session = { userId, sessionId };
  const turns: Context[] = [];
  const ask = () => asMember(session, workspace.slug, async (ctx) => turns.push(ctx));
  const write = () =>
    asMember(session, workspace.slug, (ctx) =>
      inWorkspace(ctx.workspaceId, () =>
        transaction(ctx, async (inner) => {
          turns.push(ctx);
          const id = newId();
          await inner.db.team.create({ data: { workspaceId: ctx.workspaceId, id, name: "Early" } });
          record(inner, "team.created", { subject: `team:${id}`, detail: { roles: ctx.roles } });
        }),
      ),
    );
  const teams = () =>
    databaseTransaction(workspace.id, (db) => db.team.count({ where: { workspaceId: workspace.id } }));
  const change = (data: object) =>
    databaseTransaction(workspace.id, (db) =>
      db.member.updateMany({ where: { workspaceId: workspace.id, id: memberId }, data }),
    );
  return { workspace, session, turns, ask, write, teams, change };
}

describe("a request that begins before its session was asked", () => {
  test("is done once for a member who is still the same", async () => {
    const { turns, ask, write, teams } = await scene();
    await ask();
    await ask();
    await write();
    expect(turns.map(({ isSame }) => isSame !== undefined)).toEqual([false, true, true]);
    expect(await teams()).toBe(1);
  });

  test("is done anew with the roles that are true now, and writes once", async () => {
    const { turns, ask, write, teams, change } = await scene();
    await ask();
    await change({ roles: ["osc"] });
    await write();
    expect(turns.map(({ roles }) => roles)).toEqual([["osc", "manager"], ["osc", "manager"], ["osc"]]);
    expect(await teams()).toBe(1);
  });

  test("A05: answers nothing and writes nothing once the session was ended or the member deactivated", async () => {
    const ends = [
      ({ session }: Awaited<ReturnType<typeof scene>>) =>
        endSessions({ ...session, boundTo: null }, { id: session.sessionId }),
      ({ change }: Awaited<ReturnType<typeof scene>>) => change({ status: "deactivated" }),
    ];
    for (const end of ends) {
      const one = await scene();
      await one.ask();
      await end(one);
      await expect(one.ask()).rejects.toMatchObject({ code: expect.stringMatching(/unauthenticated|not_found/) });
      await expect(one.write()).rejects.toMatchObject({ code: expect.stringMatching(/unauthenticated|not_found/) });
      expect(await one.teams()).toBe(0);
    }
  });

  test("never waits for a connection that its own writes hold, also when the session is marked as used, or was ended", async () => {
    const { session, ask, write, teams } = await scene();
    await ask();
    const anHourAgo = new Date(Date.now() - 2 * 3_600_000);
    const mark = (data: object) =>
      asUser(session.userId, (db) => db.session.updateMany({ where: { id: session.sessionId }, data }));
    const many = () => Promise.allSettled(Array.from({ length: 30 }, write));
    await mark({ lastUsedAt: anHourAgo });
    expect((await many()).filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await teams()).toBe(30);
    await mark({ revokedAt: new Date() });
    const refused = { status: "rejected", reason: expect.objectContaining({ code: "unauthenticated" }) };
    expect(await many()).toEqual(Array.from({ length: 30 }, () => refused));
    expect(await teams()).toBe(30);
  });

  test("without a session nothing begins", async () => {
    const { workspace } = await scene();
    await expect(asMember(null, workspace.slug, async () => expect.unreachable())).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("a transaction", () => {
  test("whose failed statement was swallowed is not taken for committed", async () => {
    const { workspace, teams } = await scene();
    const id = newId();
    const work = databaseTransaction(workspace.id, async (db) => {
      await db.team.create({ data: { workspaceId: workspace.id, id, name: "One" } });
      await db.team.create({ data: { workspaceId: workspace.id, id, name: "Twice" } }).catch(() => undefined);
    });
    await expect(work).rejects.toThrow("not committed");
    expect(await teams()).toBe(0);
  });

  test("holds what Prisma needs several statements for, and none of it when the work fails", async () => {
    const { workspace, teams } = await scene();
    const nested = (fails: boolean) =>
      databaseTransaction(workspace.id, async (db) => {
        const where = { workspaceId_id: { workspaceId: workspace.id, id: newId() } };
        const name = "Nested";
        await db.team.upsert({ where, create: { ...where.workspaceId_id, name }, update: {} });
        if (fails) throw new Error("enough");
      });
    await expect(nested(true)).rejects.toThrow("enough");
    expect(await teams()).toBe(0);
    await nested(false);
    expect(await teams()).toBe(1);
  });

  test("is over when its work is: what was not awaited reaches nothing", async () => {
    const { workspace, teams } = await scene();
    let late: () => Promise<unknown> = async () => undefined;
    await databaseTransaction(workspace.id, async (db) => {
      const data = { workspaceId: workspace.id, id: newId(), name: "Late" };
      late = () => db.team.create({ data });
    });
    await expect(late()).rejects.toThrow();
    expect(await teams()).toBe(0);
  });
});
