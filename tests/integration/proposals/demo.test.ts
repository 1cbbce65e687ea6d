import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { listProposals } from "@/lib/proposals/queries";
import { ProposalsInput } from "@/lib/proposals/schema";
import { offerThrice } from "@/prisma/demo/offers";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

test("in the demo three sellers offered one lot, and only the first offer binds", async () => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const ids = new Map([["owner", workspace.owner.memberId]]);
  const ines = await makeMember(workspace, { name: "Ines Cordero", roles: ["senior_sales"], spoke: "senior_sales" });
  const marcus = await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" });
  ids.set("ines", ines.memberId).set("marcus", marcus.memberId);
  const now = new Date();
  const { customerId } = await makeCustomer(await contextOf(workspace, dana, now), dana, { name: "Sam & Ada Abara" });
  const ctx = await systemContext(workspace.id, { now });
  await inWorkspace(workspace.id, () =>
    ctx.db.journey.updateMany({
      where: { workspaceId: workspace.id, customerId },
      data: { accountableId: ines.memberId, oscId: marcus.memberId },
    }),
  );
  await offerThrice(workspace.id, ids, now);
  const boss = { ...ctx, roles: ["manager" as const], memberId: workspace.owner.memberId };
  const { data } = await inWorkspace(workspace.id, () => listProposals(boss, ProposalsInput.parse({})));
  expect(data.map(({ state, isOfferOfRecord, conflicts }) => [state, isOfferOfRecord, conflicts])).toEqual([
    ["approved", false, 2],
    ["approved", false, 2],
    ["presented", true, 2],
  ]);
});
