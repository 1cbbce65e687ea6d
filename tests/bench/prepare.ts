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

/** Runs `work` without the indexes that only speed up reading, and builds them again afterwards, as every loader does. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = 'public' and t.relkind = 'r' and not t.relispartition and not i.indisunique and not i.indisexclusion`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await work();
  await client.query("set maintenance_work_mem = '1GB'");
  for (const { definition } of rows) await client.query(definition);
}

/** Makes the benchmark's database once: one big workspace beside two hundred small ones. Answers its addresses. */
export async function prepareDatabase(
  customers: number,
  interactions: number,
  name = "bench",
): Promise<DatabaseAddresses> {
  const database = `wheelhouse_${name}_${customers}`;
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
    await withoutIndexes(client, async () => {
      await seedInBulk(client, { workspaces: 1, customers, interactions, prefix: "big" });
      await seedInBulk(client, { workspaces: 200, customers: 100, interactions: 1000, prefix: "small" });
    });
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
  // What is logged stays: customers who are read keep the activities they were made with.
  const read = customers.slice(0, customers.length / 2);
  const written = customers.slice(customers.length / 2);
  const { rows: busy } = await client.query<{ id: string }>(
    `select c.id from customers c where c.workspace_id = $1 and exists (select 1 from interactions i where i.workspace_id = $1 and i.customer_id = c.id offset 49)
     and c.id <> all($2::uuid[]) order by c.id limit 400`,
    [workspace.id, written.map(({ id }) => id)],
  );
  await client.end();
  const cookie = `${sessionCookieName()}=${await sealSession({ userId, sessionId })}`;
  return {
    origin,
    slug: workspace.slug,
    workspaceId: workspace.id,
    cookie,
    stageIds: stages.map(({ id }) => id),
    read,
    written,
    busy,
  };
}
