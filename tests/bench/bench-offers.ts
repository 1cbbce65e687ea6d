import { parseArgs } from "node:util";
import pg from "pg";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { closeDatabase, inWorkspace } from "@/lib/db";
import { submitProposal } from "@/lib/proposals/approvals";
import { draftProposal } from "@/lib/proposals/commands";
import { readRivals } from "@/lib/proposals/offers";
import { drive, type Timing } from "./measure";
import { bidOf, makeOffers, needs } from "./offers";
import { prepareDatabase } from "./prepare";

const { values } = parseArgs({
  options: {
    offers: { type: "string", default: "100000" },
    seconds: { type: "string", default: "5" },
    repeats: { type: "string", default: "3" },
  },
});
const seconds = Number(values.seconds);
const customers = Math.ceil(Number(values.offers) / needs.length);

/** What finding the conflicts of a proposal may take at the 95th percentile, in milliseconds. */
const goal = 30;

/** A manager of the big workspace, and its customers. */
async function whoAndWhom(client: pg.Client): Promise<{ ctx: Context; ids: string[] }> {
  const { rows } = await client.query<{ id: string; memberId: string }>(
    `select w.id, s.coverage_lead_id as "memberId" from workspaces w join workspace_settings s on s.workspace_id = w.id where w.slug = 'big'`,
  );
  const { id = "", memberId = "" } = rows[0] ?? {};
  const { rows: found } = await client.query<{ id: string }>(
    "select id from customers where workspace_id = $1 order by id limit $2",
    [id, customers],
  );
  const base = await systemContext(id, { memberId, now: new Date() });
  const ctx: Context = { ...base, actor: { kind: "member", id: memberId }, roles: ["manager"] };
  return { ctx, ids: found.map((each) => each.id) };
}

const said = ({ p50, p95, p99 }: Timing) => [p50, p95, p99].map((each) => each.toFixed(1).padStart(7)).join("");

await (async () => {
  const addresses = await prepareDatabase(customers, customers, "offers");
  const client = new pg.Client({ connectionString: addresses.owner });
  await client.connect();
  const { ctx, ids } = await whoAndWhom(client);
  const { shop, standing } = await makeOffers(client, ctx, ids);
  console.log(`${standing} offers of record; one caller; milliseconds at p50, p95, p99`);
  const now = () => ({ ...ctx, now: new Date() });
  // Each turn another customer, so that no save finds what the one before left.
  let next = Math.floor(Math.random() * ids.length);
  const inTurn = () => ids[next++ % ids.length] ?? "";
  const draft = (customerId: string) =>
    inWorkspace(ctx.workspaceId, () => draftProposal(now(), bidOf(ctx, shop, customerId, needs[0], 500)));
  const few = await Promise.all(ids.slice(0, 200).map((id) => draft(id)));
  const drafted = await inWorkspace(ctx.workspaceId, () =>
    ctx.db.proposal.findMany({ where: { workspaceId: ctx.workspaceId, id: { in: few.map(({ id }) => id) } } }),
  );
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    const waiting: { id: string; version: number }[] = [];
    const written = await drive(1, seconds, 1_000, async () => {
      waiting.push(await draft(inTurn()));
    });
    const handed = await drive(1, 60, waiting.length, async (turn) => {
      const one = waiting[turn];
      if (one) await inWorkspace(ctx.workspaceId, () => submitProposal(now(), one));
    });
    const check = await drive(1, seconds, 2_000, async (turn) => {
      const one = drafted[turn % drafted.length];
      if (one) await inWorkspace(ctx.workspaceId, () => readRivals(now(), one));
    });
    console.log(`writing the draft           ${said(written)}`);
    console.log(`handing in, with conflicts  ${said(handed)}`);
    console.log(
      `the conflict check alone    ${said(check)}  (goal ${goal} at p95: ${check.p95 < goal ? "held" : "MISSED"})`,
    );
  }
  await client.end();
})();
await closeDatabase();
process.exit(0);
