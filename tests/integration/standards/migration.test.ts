import { cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/identifiers";
import { migrate } from "@/prisma/migrate";

const name = `before_standards_${newId().slice(-12)}`;
const templateUrl = process.env.DATABASE_OWNER_URL ?? "";
const ownUrl = Object.assign(new URL(templateUrl), { pathname: `/${name}` }).toString();

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

afterAll(() => asOwner(templateUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));

test("a workspace that was there before gets the first standards and moments, in force for everything it ever did", async () => {
  await asOwner(templateUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const earlier = mkdtempSync(join(tmpdir(), "wheelhouse-earlier-"));
  for (const each of readdirSync("prisma/migrations").filter((folder) => folder < "0200"))
    cpSync(join("prisma/migrations", each), join(earlier, each), { recursive: true });
  await migrate(ownUrl, earlier);
  const [first, second] = [newId(), newId()];
  await asOwner(ownUrl, async (client) => {
    for (const [index, id] of [first, second].entries())
      await client.query("insert into workspaces (id, slug, name, time_zone) values ($1, $2, $2, 'UTC')", [
        id,
        `old-${index}`,
      ]);
  });

  expect(await migrate(ownUrl)).toContain("0200_standards");

  const counts = await asOwner(ownUrl, async (client) => {
    const { rows } = await client.query(
      `select v.workspace_id as id, count(distinct s.id)::int as standards, count(c.id)::int as criteria, bool_and(v.status = 'published') as published,
         min(extract(year from v.effective_from))::int as since
       from standards s join standard_versions v on v.standard_id = s.id join standard_criteria c on c.version_id = v.id group by 1 order by 1`,
    );
    return rows;
  });
  const seeded = { standards: 7, criteria: 20, published: true, since: 2000 };
  expect(counts).toEqual([first, second].sort().map((id) => ({ id, ...seeded })));
});
