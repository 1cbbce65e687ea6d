import pg from "pg";
import { sealSession, sessionCookieName } from "@/lib/auth/token";
import { asUser } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { seedInBulk } from "@/lib/load/bulk";
import type { DatabaseAddresses } from "../../scripts/platform/addresses";
import { owningEnvironment } from "../../scripts/platform/addresses";
import { prepareSchema } from "../../scripts/platform/schema";
import type { Bench } from "./operations";

const named = (url: string, database: string) => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

/** The addresses of another database in the same server. */
export function addressesIn(database: string): DatabaseAddresses {
  const { DATABASE_OWNER_URL: owner = "", DATABASE_URL: app = "", DATABASE_QUEUE_URL: queue = "" } = process.env;
  return {
    owner: named(owner, database),
    app: { url: named(app, database), isOurs: false },
    queue: { url: named(queue, database), isOurs: false },
  };
}

/** Makes the benchmark's database once: one big workspace beside two hundred small ones. Answers its addresses. */
export async function prepareDatabase(customers: number, interactions: number): Promise<DatabaseAddresses> {
  const database = `wheelhouse_bench_${customers}`;
  const server = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await server.connect();
  const { rowCount } = await server.query("select 1 from pg_database where datname = $1", [database]);
  if (!rowCount) await server.query(`create database ${database}`);
  await server.end();
  const addresses = addressesIn(database);
  await prepareSchema(addresses);
  Object.assign(process.env, owningEnvironment(addresses));
  const client = new pg.Client({ connectionString: addresses.owner });
  await client.connect();
  const { rows } = await client.query<{ n: number }>("select count(*)::int as n from workspaces");
  if (rows[0]?.n === 0) {
    console.log(`Making ${customers} customers with ${interactions} activities beside 200 small workspaces ...`);
    await seedInBulk(client, { workspaces: 1, customers, interactions, prefix: "big" });
    await seedInBulk(client, { workspaces: 200, customers: 100, interactions: 1000, prefix: "small" });
    await client.query("vacuum analyze");
  }
  await client.end();
  return addresses;
}

/** A signed-in OSC of the big workspace, and whom to ask about. */
export async function prepareBench(addresses: DatabaseAddresses, origin: string): Promise<Bench> {
  const client = new pg.Client({ connectionString: addresses.owner });
  await client.connect();
  const { rows: workspaces } = await client.query<{ id: string; slug: string }>(
    "select id, slug from workspaces where slug = 'big'",
  );
  const workspace = workspaces[0] ?? { id: "", slug: "" };
  const userId = newId();
  const sessionId = newId();
  await asUser(null, (db) =>
    db.user.create({ data: { id: userId, email: `bench-${userId}@example.com`, name: "Bench" } }),
  );
  await asUser(userId, (db) => db.session.create({ data: { id: sessionId, userId } }));
  await client.query(
    "update members set user_id = $2, status = 'active', roles = '{osc,manager}' where workspace_id = $1 and id = (select coverage_lead_id from workspace_settings where workspace_id = $1)",
    [workspace.id, userId],
  );
  const { rows: stages } = await client.query<{ id: string }>(
    "select stage_id as id from journey_counts where workspace_id = $1 group by 1 having sum(count) > 0 limit 5",
    [workspace.id],
  );
  const { rows: customers } = await client.query<{ id: string; journeyId: string; name: string }>(
    `select c.id, j.id as "journeyId", c.name from customers c join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id where c.workspace_id = $1 order by c.id limit 2000`,
    [workspace.id],
  );
  await client.end();
  const cookie = `${sessionCookieName()}=${await sealSession({ userId, sessionId })}`;
  return {
    origin,
    slug: workspace.slug,
    workspaceId: workspace.id,
    cookie,
    stageIds: stages.map(({ id }) => id),
    customers,
  };
}
