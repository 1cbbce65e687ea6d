import { expect, test } from "vitest";
import { contextOfSession } from "@/lib/auth/context";
import { openSession } from "@/lib/auth/token";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { changeMember, inviteMember, resendInvitation, revokeInvitation } from "@/lib/members/commands";
import { deactivateMember, reactivateMember } from "@/lib/members/leaving";
import { listMembers } from "@/lib/members/queries";
import { ChangeMember, InviteMember } from "@/lib/members/schema";
import { makeMember, makeSession, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { takeIn } from "../../support/hubs";
import { contextOf } from "../../support/people";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const change = (ctx: Context, input: Parameters<typeof ChangeMember.parse>[0]) =>
  within(ctx, () => changeMember(ctx, ChangeMember.parse(input)));
const deactivate = (ctx: Context, member: TestMember, version = 1, successor?: TestMember) =>
  within(ctx, () =>
    deactivateMember(ctx, {
      memberId: member.memberId,
      version,
      ...(successor ? { successorId: successor.memberId } : {}),
    }),
  );

const memberRow = (workspace: TestWorkspace, { memberId: id }: TestMember) =>
  databaseTransaction(workspace.id, (db) => db.member.findFirstOrThrow({ where: { workspaceId: workspace.id, id } }));

const auditOf = (workspace: TestWorkspace, action: string) =>
  databaseTransaction(workspace.id, (db) => db.auditEntry.findMany({ where: { workspaceId: workspace.id, action } }));

async function makeCrew() {
  const workspace = await makeWorkspace();
  const ctx = await contextOf(workspace, workspace.owner, ["owner", "admin", "manager"]);
  const admin = await makeMember(workspace, { name: "Ada Admin", roles: ["admin"] });
  const adminCtx = await contextOf(workspace, admin, ["admin"]);
  const osc = await makeMember(workspace, { name: "Olga Osc" });
  return { workspace, ctx, admin, adminCtx, osc };
}

test("an owner changes a member's roles and hours of work, with an audit row", async () => {
  const { workspace, ctx, osc } = await makeCrew();
  await change(ctx, {
    memberId: osc.memberId,
    version: 1,
    roles: ["osc", "cs"],
    capacity: 80,
    languages: ["he", "en"],
  });
  expect(await memberRow(workspace, osc)).toMatchObject({ roles: ["osc", "cs"], capacity: 80, version: 2 });
  expect(await auditOf(workspace, "member.changed")).toHaveLength(1);
  await expect(change(ctx, { memberId: osc.memberId, version: 1, capacity: 10 })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await within(ctx, () => listMembers(ctx))).toHaveLength(3);
});

test("O12: nobody grants above her own level, touches an owner as an admin, or removes the last owner", async () => {
  const { workspace, ctx, admin, adminCtx, osc } = await makeCrew();
  const refused = { code: "refused", reason: "role_above_own" };
  await expect(
    change(adminCtx, { memberId: admin.memberId, version: 1, roles: ["admin", "owner"] }),
  ).rejects.toMatchObject(refused);
  const invitation = InviteMember.parse({ email: "boss@example.test", name: "Boss", roles: ["owner"] });
  await expect(within(adminCtx, () => inviteMember(adminCtx, invitation))).rejects.toMatchObject(refused);
  await expect(
    change(adminCtx, { memberId: workspace.owner.memberId, version: 1, name: "Nobody" }),
  ).rejects.toMatchObject(refused);
  await expect(deactivate(adminCtx, workspace.owner, 1, osc)).rejects.toMatchObject(refused);
  await expect(change(ctx, { memberId: workspace.owner.memberId, version: 1, roles: ["admin"] })).rejects.toMatchObject(
    { reason: "last_owner" },
  );
  await expect(deactivate(ctx, workspace.owner, 1, osc)).rejects.toMatchObject({ reason: "last_owner" });
  expect(() => ChangeMember.parse({ memberId: osc.memberId, version: 1, roles: ["root"] })).toThrow();
  expect(() => ChangeMember.parse({ memberId: osc.memberId, version: 1, status: "active" })).toThrow();
  expect(await memberRow(workspace, workspace.owner)).toMatchObject({ version: 1, status: "active" });
});

test("R06: of two owners who remove each other at once, one stays", async () => {
  const { workspace, ctx, osc } = await makeCrew();
  const second = await makeMember(workspace, { name: "Otto Owner", roles: ["owner"] });
  const secondCtx = await contextOf(workspace, second, ["owner"]);
  const results = await Promise.allSettled([
    change(ctx, { memberId: second.memberId, version: 1, roles: ["sales"] }),
    change(secondCtx, { memberId: workspace.owner.memberId, version: 1, roles: ["sales"] }),
    deactivate(secondCtx, workspace.owner, 1, osc),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const owners = (await within(ctx, () => listMembers(ctx))).filter(
    ({ roles, status }) => roles.includes("owner") && status === "active",
  );
  expect(owners).toHaveLength(1);
});

test("O15: a deactivated member's session ends at once, her work goes to the queue, her customers to the lead", async () => {
  const { workspace, ctx, osc } = await makeCrew();
  const oscCtx = await contextOf(workspace, osc, ["osc"]);
  const { id: customerId } = await takeIn(oscCtx);
  const token = await openSession((await makeSession(osc.userId)).value);
  if (!token) throw new Error("no session");
  expect(await contextOfSession(token, workspace.slug)).toMatchObject({ memberId: osc.memberId });
  const other = await makeMember(workspace, { name: "Otto Osc" });
  await databaseTransaction(workspace.id, async (db) => {
    await db.journey.updateMany({ where: { workspaceId: workspace.id, customerId }, data: { oscId: osc.memberId } });
    await db.touchpoint.updateMany({
      where: { workspaceId: workspace.id, customerId },
      data: { ownerId: osc.memberId },
    });
  });
  await expect(deactivate(ctx, osc, 1, workspace.owner)).resolves.toEqual({ version: 2 });
  expect(await contextOfSession(token, workspace.slug)).toBeNull();
  const left = await databaseTransaction(workspace.id, async (db) => ({
    journeys: await db.journey.count({ where: { workspaceId: workspace.id, oscId: osc.memberId } }),
    touchpoints: await db.touchpoint.count({
      where: { workspaceId: workspace.id, ownerId: osc.memberId, state: { in: ["planned", "due", "in_progress"] } },
    }),
    tasks: await db.task.count({ where: { workspaceId: workspace.id, ownerId: osc.memberId, state: "open" } }),
    heir: await db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId } }),
  }));
  expect(left).toMatchObject({ journeys: 0, touchpoints: 0, tasks: 0, heir: { oscId: workspace.owner.memberId } });
  expect(await auditOf(workspace, "member.deactivated")).toHaveLength(1);
  await expect(within(ctx, () => reactivateMember(ctx, { memberId: osc.memberId, version: 2 }))).resolves.toEqual({
    version: 3,
  });
  expect(await contextOfSession(token, workspace.slug)).not.toBeNull();
  expect(other.memberId).not.toBe(osc.memberId);
});

test("the last OSC and the leader of the coverage group cannot go before a successor is named", async () => {
  const { workspace, ctx, admin, osc } = await makeCrew();
  await expect(change(ctx, { memberId: osc.memberId, version: 1, roles: ["sales"] })).rejects.toMatchObject({
    reason: "last_osc",
  });
  // The demoted admin of this test is no OSC, so the owner leads and the one OSC is the last.
  await databaseTransaction(workspace.id, (db) =>
    db.member.updateMany({ where: { workspaceId: workspace.id, id: admin.memberId }, data: { roles: ["owner"] } }),
  );
  const adminCtx = await contextOf(workspace, admin, ["owner"]);
  await expect(deactivate(ctx, osc)).rejects.toMatchObject({ reason: "last_osc" });
  await expect(deactivate(adminCtx, workspace.owner)).rejects.toMatchObject({ reason: "coverage_lead" });
  await deactivate(adminCtx, workspace.owner, 1, osc);
  const settings = await databaseTransaction(workspace.id, (db) =>
    db.workspaceSettings.findFirstOrThrow({ where: { workspaceId: workspace.id } }),
  );
  expect(settings.coverageLeadId).toBe(osc.memberId);
});

test("only administrators manage members, and another workspace's member is not there", async () => {
  const { workspace, ctx, osc } = await makeCrew();
  const oscCtx = await contextOf(workspace, osc, ["osc", "manager"]);
  const stranger = (await makeWorkspace()).owner;
  const invitation = InviteMember.parse({ email: "new@example.test", name: "New", roles: ["osc"] });
  const attempts = (who: Context, memberId: string) => [
    () => change(who, { memberId, version: 1, name: "Other" }),
    () => within(who, () => deactivateMember(who, { memberId, version: 1 })),
    () => within(who, () => reactivateMember(who, { memberId, version: 1 })),
    () => within(who, () => resendInvitation(who, { memberId })),
    () => within(who, () => revokeInvitation(who, { memberId })),
    () => within(who, () => inviteMember(who, { ...invitation, memberId })),
  ];
  for (const attempt of attempts(oscCtx, osc.memberId))
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  await expect(within(oscCtx, () => listMembers(oscCtx))).rejects.toMatchObject({ code: "forbidden" });
  for (const attempt of attempts(ctx, stranger.memberId))
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  const foreign = await databaseTransaction((await makeWorkspace()).id, (db) =>
    db.spoke.findFirstOrThrow({ where: {} }),
  );
  await expect(change(ctx, { memberId: osc.memberId, version: 1, spokeId: foreign.id })).rejects.toMatchObject({
    code: "not_found",
  });
});
