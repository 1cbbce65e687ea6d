import { expect, test } from "vitest";
import { inWorkspace } from "@/lib/db";
import { getHub } from "@/lib/hub/queries";
import { getTimeline } from "@/lib/hub/timeline";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction, type LogInteractionInput } from "@/lib/interactions/schema";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

async function make() {
  const workspace = await makeWorkspace();
  const osc = await makeMember(workspace, { name: 'Dana "D" O\\Neil' });
  const ctx = await contextOf(workspace, osc, monday);
  const { customerId } = await makeCustomer(ctx, osc);
  const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
  const log = (input: Omit<LogInteractionInput, "customerId" | "direction">, minutes: number) =>
    run(() =>
      logInteraction(
        { ...ctx, now: later(minutes) },
        LogInteraction.parse({ customerId, direction: "outbound", ...input }),
      ),
    );
  return { workspace, osc, ctx, customerId, run, log };
}

test("what people wrote arrives as they wrote it, whatever it holds", async () => {
  const { ctx, osc, customerId, run, log, workspace } = await make();
  const summary = 'She said: "no\\yes"\n\tשלום, עולם \u2028 😀';
  const moments = ['A "quoted" moment', "back\\slash, comma", "רגע"];
  const person = await run(() => ctx.db.person.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId } }));
  await log(
    { medium: "phone", isTwoWay: true, summary, moments, felt: "better", route: "key account", personId: person.id },
    1,
  );
  const [item] = (await run(() => getTimeline(ctx, { customerId, kind: "all" }))).items;
  expect(item).toMatchObject({
    kind: "interaction",
    at: later(1).toISOString(),
    medium: "phone",
    direction: "outbound",
    isTwoWay: true,
    isAutomated: false,
    text: summary,
    who: osc.name,
    params: {
      type: "follow-up",
      route: "key account",
      moments,
      felt: "better",
      person: person.name,
      version: 1,
      class: null,
    },
  });
});

test("a contact of which little is known stands there too", async () => {
  const { ctx, customerId, run, workspace } = await make();
  const id = newId();
  await run(
    () => ctx.db
      .$executeRaw`insert into interactions (workspace_id, id, customer_id, medium, type, direction, started_at)
      values (${workspace.id}::uuid, ${id}::uuid, ${customerId}::uuid, 'unknown', 'follow-up', 'inbound', ${monday})`,
  );
  const { items } = await run(() => getTimeline(ctx, { customerId, kind: "interactions" }));
  expect(items).toEqual([
    {
      id,
      kind: "interaction",
      at: monday.toISOString(),
      medium: "unknown",
      direction: "inbound",
      isTwoWay: false,
      isAutomated: false,
      text: "",
      who: null,
      spokeId: null,
      params: {
        type: "follow-up",
        route: null,
        moments: [],
        felt: null,
        person: null,
        version: 1,
        class: null,
        standard: null,
      },
    },
  ]);
});

test("pages of fifty follow each other, each line once, whatever they are filtered by", async () => {
  const { ctx, customerId, run, log } = await make();
  for (let minute = 1; minute <= 120; minute++) {
    await log({ medium: minute % 3 === 0 ? "email" : "phone", summary: `${minute}` }, minute);
  }
  const read = async (filter: { medium?: string; kind: "all" | "interactions" }) => {
    const found: string[] = [];
    let before: string | undefined;
    do {
      const page = await run(() => getTimeline(ctx, { customerId, ...filter, ...(before ? { before } : {}) }));
      expect(page.items.length).toBeLessThanOrEqual(50);
      found.push(...page.items.filter(({ kind }) => kind === "interaction").map(({ text }) => text));
      before = page.nextCursor ?? undefined;
    } while (before);
    return found;
  };
  const newestFirst = Array.from({ length: 120 }, (_, index) => `${120 - index}`);
  expect(await read({ kind: "all" })).toEqual(newestFirst);
  expect(await read({ kind: "interactions" })).toEqual(newestFirst);
  expect(await read({ kind: "all", medium: "email" })).toEqual(newestFirst.filter((text) => Number(text) % 3 === 0));
});

test("members who read one after the other each see their own customers, whoever read before", async () => {
  const [one, other] = [await make(), await make()];
  const second = await makeMember(one.workspace, { roles: ["osc"], name: "Second Osc" });
  const { customerId: hers } = await makeCustomer(one.ctx, second);
  const sellers = await Promise.all([one.osc, second].map((osc) => contextOf(one.workspace, osc, monday, ["sales"])));
  const [first, later, elsewhere] = [...sellers, await contextOf(other.workspace, other.osc, monday, ["sales"])];
  const seen = [
    [first, one.customerId, true],
    [later, one.customerId, false],
    [first, hers, false],
    [later, hers, true],
    [elsewhere, one.customerId, false],
    [elsewhere, other.customerId, true],
  ] as const;
  for (const [ctx, customerId, isHers] of [...seen, ...seen])
    for (const part of ["hub", "timeline"]) {
      if (!ctx) throw new Error("no context");
      const read = (): Promise<unknown> =>
        part === "hub" ? getHub(ctx, customerId) : getTimeline(ctx, { customerId, kind: "all" });
      const answer = inWorkspace(ctx.workspaceId, read);
      await (isHers
        ? expect(answer).resolves.toBeDefined()
        : expect(answer).rejects.toMatchObject({ code: "not_found" }));
    }
});
