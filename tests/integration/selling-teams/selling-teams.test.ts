import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { deactivateMember } from "@/lib/members/leaving";
import { getInHand } from "@/lib/proposals/queries";
import { setSellingTeam } from "@/lib/selling-teams/commands";
import { getSellingTeam, listSellers } from "@/lib/selling-teams/queries";
import { makeMember, type TestMember } from "../../support/factories";
import { later, Team } from "../../support/owed";

let team: Team;
let tess: TestMember;
let ivo: TestMember;

beforeAll(async () => {
  team = await Team.make();
  tess = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  ivo = await makeMember(team.workspace, { name: "Ivo Inside", roles: ["sales", "osc"], spoke: "sales" });
});

const as = (member: TestMember, minutes = 0): Promise<Context> => team.as(member, later(minutes), ["sales", "osc"]);
const read = async (customerId: string) => {
  const boss = await team.as(team.manager);
  const { version, members } = await team.run(() => getSellingTeam(boss, { id: customerId }));
  return [version, ...members.map(({ name, isCoordinator }) => (isCoordinator ? `${name}*` : name))];
};
const set = (ctx: Context, customerId: string, version: number, ...[lead, ...others]: TestMember[]) =>
  team.run(() =>
    setSellingTeam(ctx, {
      ...{ customerId, version, coordinatorId: lead?.memberId ?? "" },
      memberIds: [lead, ...others].flatMap((each) => (each ? [each.memberId] : [])),
    }),
  );

describe("the selling team of a customer", () => {
  test("has one who coordinates, is shown with what she holds, and keeps a later writer from an older one", async () => {
    const { customerId } = await team.customer();
    expect(await read(customerId)).toEqual([0]);
    await set(await as(tess), customerId, 0, tess, ivo);
    expect(await read(customerId)).toEqual([1, "Tess Territory*", "Ivo Inside"]);
    await expect(set(await as(ivo), customerId, 0, ivo)).rejects.toMatchObject({ code: "conflict" });
    await set(await as(ivo), customerId, 1, ivo, team.seller);
    expect(await read(customerId)).toEqual([2, "Ivo Inside*", "Marcus Bell"]);
    const hand = await team.run(async () => getInHand(await team.as(team.manager), { id: customerId }));
    expect(hand.team.members.map(({ name }) => name)).toEqual(["Ivo Inside", "Marcus Bell"]);
    expect(await team.happened(customerId)).toContain("selling_team.set");
    expect(await team.told(tess)).toContain("selling_team_changed");
  });

  test("is changed by its own and the deal desk, and holds nobody who does not sell", async () => {
    const { customerId } = await team.customer();
    await set(await as(tess), customerId, 0, tess);
    await expect(set(await as(ivo), customerId, 1, ivo)).rejects.toMatchObject({ code: "forbidden" });
    const boss = await team.as(team.manager);
    await expect(set(boss, customerId, 1, tess, team.designer)).rejects.toMatchObject({
      details: { fields: { memberIds: "does_not_sell" } },
    });
    const outside = { customerId, version: 1, coordinatorId: ivo.memberId, memberIds: [tess.memberId] };
    await expect(team.run(() => setSellingTeam(boss, outside))).rejects.toMatchObject({
      details: { fields: { coordinatorId: "not_in_team" } },
    });
    await set(boss, customerId, 1, ivo);
    expect(await read(customerId)).toEqual([2, "Ivo Inside*"]);
    const designer = await team.as(team.designer);
    await expect(set(designer, customerId, 2, ivo)).rejects.toMatchObject({ code: "forbidden" });
    const sellers = await team.run(() => listSellers(boss));
    expect(sellers.sellers.map(({ name }) => name)).not.toContain("Dora Design");
    const there = await Team.make();
    const stranger = await there.as(there.manager);
    await expect(there.run(() => getSellingTeam(stranger, { id: customerId }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("cannot be left without one who coordinates, whoever writes it", async () => {
    const { customerId } = await team.customer();
    await set(await as(tess), customerId, 0, tess, ivo);
    const ctx = await team.worker(later(1));
    const key = { workspaceId: ctx.workspaceId, customerId };
    const drop = () => ctx.db.sellingTeamMember.deleteMany({ where: { ...key, memberId: tess.memberId } });
    await expect(team.run(drop)).rejects.toThrow();
    const second = () => ctx.db.sellingTeam.create({ data: { ...key, coordinatorId: ivo.memberId } });
    await expect(team.run(second)).rejects.toThrow();
  });

  test("goes along when two records turn out to be one, and comes back with them", async () => {
    const [one, two] = [await team.customer("Mia Moss"), await team.customer("Mia Moss jr")];
    await set(await as(tess), two.customerId, 0, tess, ivo);
    const boss = await team.as(team.manager, later(5));
    const ids = MergeCustomers.parse({ survivorId: one.customerId, loserId: two.customerId });
    const { mergeId } = await team.run(() => mergeCustomers(boss, ids));
    expect(await read(one.customerId)).toEqual([1, "Tess Territory*", "Ivo Inside"]);
    await team.run(() => unmergeCustomers(boss, { mergeId }));
    expect([await read(one.customerId), await read(two.customerId)]).toEqual([
      [0],
      [1, "Tess Territory*", "Ivo Inside"],
    ]);
  });

  test("gets another who coordinates in the moment its coordinator leaves", async () => {
    const { customerId } = await team.customer();
    const leaver = await makeMember(team.workspace, { name: "Lea Leaver", roles: ["sales", "osc"], spoke: "sales" });
    await set(await as(leaver), customerId, 0, leaver, ivo);
    const admin = await team.as(team.workspace.owner, later(9), ["owner", "admin"]);
    const gone = { memberId: leaver.memberId, version: 1, successorId: tess.memberId };
    await team.run(() => deactivateMember(admin, gone));
    expect(await read(customerId)).toEqual([2, "Tess Territory*", "Ivo Inside"]);
  });
});
