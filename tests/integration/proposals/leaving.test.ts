import { beforeEach, describe, expect, test } from "vitest";
import { deactivateMember } from "@/lib/members/leaving";
import { approveProposal, grantAuthority } from "@/lib/proposals/approvals";
import { delegateAuthority, getPriceRules } from "@/lib/proposals/authorities";
import { acceptProposal, presentProposal } from "@/lib/proposals/commands";
import { getProposal } from "@/lib/proposals/queries";
import { expireApprovals } from "@/lib/proposals/tasks";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let second: TestMember;

beforeEach(async () => {
  team = await Team.make();
  second = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  shop = await openShop(await keeper());
});

const keeper = (minutes = 0) => team.as(team.workspace.owner, later(minutes), ["owner", "admin", "manager"]);
const seller = (minutes = 0) => team.as(team.seller, later(minutes), ["sales", "osc"]);
const give = async (customerId: string, need: string, discountBp = 0) =>
  offer(await seller(), offerOf(shop, customerId, discountBp, { need, validTo: "2026-06-30" }));
const view = async (id: string) => {
  const ctx = await keeper(60);
  return team.run(() => getProposal(ctx, { id }));
};
async function leave(member: TestMember, successorId?: string) {
  const admin = await keeper(30);
  const { workspaceId } = admin;
  const row = await team.run(() => admin.db.member.findFirstOrThrow({ where: { workspaceId, id: member.memberId } }));
  const input = { memberId: member.memberId, version: row.version, ...(successorId ? { successorId } : {}) };
  await team.run(() => deactivateMember(admin, input));
}

describe("a seller who leaves", () => {
  test("gives her open offers to a colleague who sells, in the same step; what was accepted keeps her name", async () => {
    const { customerId } = await team.customer();
    const ctx = await seller();
    const done = await give(customerId, "Done");
    const shown = await team.run(() => presentProposal(ctx, done));
    await team.run(() => acceptProposal(ctx, { id: done.id, ...shown }));
    const standing = await give(customerId, "Standing");
    const waiting = await give(customerId, "Waiting", 2_500);
    await leave(team.seller, second.memberId);
    expect((await view(done.id)).sellerName).toBe("Marcus Bell");
    expect(await view(standing.id)).toMatchObject({
      sellerName: "Tess Territory",
      state: "approved",
      isOfferOfRecord: true,
    });
    expect(await view(waiting.id)).toMatchObject({ sellerName: "Tess Territory", state: "pending_approval" });
    expect(await team.told(second)).toContain("proposal_reassigned");
    expect(await team.happened(customerId)).toContain("proposal.reassigned");
    // Who got it may not approve it.
    const boss = await team.as(team.manager, later(40));
    const { version } = await view(waiting.id);
    expect((await team.run(() => approveProposal(boss, { id: waiting.id, version, note: "" }))).state).toBe("approved");
  });

  test("leaves them to a manager when her heir does not sell", async () => {
    const { customerId } = await team.customer();
    const { id } = await give(customerId, "Lot 1");
    await leave(team.seller, team.osc.memberId);
    expect(["Max Manager", "Olive Owner"]).toContain((await view(id)).sellerName);
  });
});

describe("an approver who leaves", () => {
  test("passes her tier on, ends what she lent, and what waits is asked again", async () => {
    const { customerId } = await team.customer();
    const director = await makeMember(team.workspace, { name: "Dora Director", roles: ["manager"] });
    const admin = await keeper();
    const dora = await team.as(director, later(1), ["manager"]);
    await team.run(async () => {
      await grantAuthority(admin, { memberId: director.memberId, tier: "director", validTo: null });
      await delegateAuthority(dora, { memberId: second.memberId, tier: "director", validTo: "2026-04-30" });
    });
    const asked = await give(customerId, "Deep", 3_500);
    await leave(director);
    const rules = await team.run(async () => getPriceRules(await keeper(31)));
    expect(rules.authorities.map(({ memberName, standing }) => [memberName, standing])).toEqual([
      ["Olive Owner", "in_force"],
      ["Dora Director", "past"],
      ["Tess Territory", "past"],
    ]);
    expect(await team.happened(customerId)).toContain("approval.rerouted");
    const boss = await keeper(40);
    expect((await team.run(() => approveProposal(boss, { ...asked, note: "" }))).state).toBe("approved");
  });
});

describe("an approval that grew old", () => {
  test("is taken back in the night of its thirty-first day, and no longer stops another offer", async () => {
    const { customerId } = await team.customer();
    const approved = await give(customerId, "Lot 1");
    const waiting = await give(customerId, "Lot 2", 2_500);
    const shown = await give(customerId, "Lot 3");
    await team.run(async () => presentProposal(await seller(), shown));
    const night = (days: number) => team.worker(later(days * 24 * 60 + 1));
    expect(await team.run(async () => expireApprovals(await night(29)))).toBe(0);
    expect(await team.run(async () => expireApprovals(await night(30)))).toBe(2);
    expect(await view(approved.id)).toMatchObject({ state: "draft", isOfferOfRecord: false });
    expect((await view(waiting.id)).approvals).toMatchObject([{ decision: "void" }]);
    expect((await view(shown.id)).state).toBe("presented");
    expect(await team.told(team.seller)).toContain("approval_expired");
    expect(await team.run(async () => expireApprovals(await night(30)))).toBe(0);
  });
});
