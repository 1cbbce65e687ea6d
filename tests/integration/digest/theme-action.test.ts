import { beforeAll, describe, expect, test } from "vitest";
import { actOnItem } from "@/lib/digest/commands";
import { listDigests } from "@/lib/digest/queries";
import { ActOnItem, DigestsInput } from "@/lib/digest/schema";
import { digestTasks } from "@/lib/digest/tasks";
import { getImprovement, listImprovements } from "@/lib/improvements/queries";
import { ImprovementsInput } from "@/lib/improvements/schema";
import { withdrawResponse } from "@/lib/responses/withdraw";
import { retag } from "@/lib/themes/tagging";
import { Team } from "../../support/owed";
import { contactWith, say } from "../../support/voices";

const opening = new Date("2026-03-09T14:00:00Z");
const spoken = new Date("2026-03-04T15:00:00Z");

/** A sales department whose customers were let down whenever they spoke of the price, with its digest of that week. */
async function told(): Promise<Team> {
  const team = await Team.make();
  const { customerId } = await team.customer("Tamar Ashkenazi");
  const worker = await team.worker(spoken);
  for (let place = 0; place < 48; place += 1) {
    const isBad = place < 24;
    const agentId = team.seller.memberId;
    const id = await contactWith(worker, { customerId, agentId, type: "proposal/price talk", medium: "email" });
    const comment = isBad ? `The price was another one, case ${place} of many.` : "They came by as agreed.";
    await say(worker, id, { expectation: 4, outcome: isBad ? 2 : 5, comment });
  }
  await team.run(() => retag(worker));
  const ctx = await team.worker(opening);
  await team.run(async () => digestTasks["digest.build"]?.(ctx, { week: "2026-03-02" }));
  return team;
}

async function themeItem(team: Team) {
  const manager = await team.as(team.manager, opening);
  const { data } = await team.run(() => listDigests(manager, DigestsInput.parse({ limit: 20 })));
  const items = data.flatMap(({ items }) => items);
  const item = items.find(({ about }) => about.kind === "theme");
  if (!item) throw new Error("The digest says nothing of a theme.");
  return item;
}

describe("a theme of the digest", () => {
  let team: Team;
  beforeAll(async () => {
    team = await told();
  }, 60_000);

  test("becomes a proposed improvement of its cause when a manager acts on it, and the item names it", async () => {
    const item = await themeItem(team);
    expect(item.about).toMatchObject({ kind: "theme", theme: "price_clarity", k: 24, n: 24 });
    const manager = await team.as(team.manager, opening);
    await team.run(() => actOnItem(manager, ActOnItem.parse({ id: item.id, action: "One price sheet for all" })));
    const acted = await themeItem(team);
    expect(acted).toMatchObject({ state: "acted", action: "One price sheet for all", actionKind: "improvement" });
    const found = await team.run(() => getImprovement(manager, { id: acted.actionId ?? "" }));
    expect(found).toMatchObject({ cause: "price_clarity", state: "proposed", title: "One price sheet for all" });
  });

  test("joins the improvement of its cause that stands, and makes no second one", async () => {
    const manager = await team.as(team.manager, opening);
    const worker = await team.worker(opening);
    const before = await themeItem(team);
    await team.run(
      () => worker.db
        .$executeRaw`update digest_items set state = 'open', decided_at = null, decided_by_id = null, action = '', action_kind = null,
        action_id = null where workspace_id = ${worker.workspaceId}::uuid and id = ${before.id}::uuid`,
    );
    const seller = await team.as(team.seller, opening);
    await team.run(() => actOnItem(seller, ActOnItem.parse({ id: before.id, action: "The same again" })));
    expect(await themeItem(team)).toMatchObject({ actionKind: "improvement", actionId: before.actionId });
    const all = await team.run(() => listImprovements(manager, ImprovementsInput.parse({ show: "all" })));
    expect(all.filter(({ cause }) => cause === "price_clarity")).toHaveLength(1);
  });

  test("loses the quote of a customer who takes her answer back, and says of nobody whose it was", async () => {
    const item = await themeItem(team);
    expect(item.quotes).toHaveLength(2);
    expect(Object.keys(item.quotes[0] ?? {}).sort()).toEqual(["language", "text"]);
    const manager = await team.as(team.manager, opening);
    const worker = await team.worker(opening);
    const [kept] = await team.run(
      () => worker.db.$queryRaw<{ id: string }[]>`
        select q->>'responseId' as id from digest_items i, jsonb_array_elements(i.quotes) q
        where i.workspace_id = ${worker.workspaceId}::uuid and i.id = ${item.id}::uuid and q->>'text' = ${item.quotes[0]?.text}`,
    );
    expect(kept?.id).toMatch(/^[0-9a-f-]{36}$/);
    await team.run(() => withdrawResponse(manager, { id: kept?.id ?? "", reason: "" }));
    expect((await themeItem(team)).quotes).toEqual([item.quotes[1]]);
  });
});
