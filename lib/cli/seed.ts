import { parseArgs } from "node:util";
import pg from "pg";
import { closeDatabase } from "../db";
import { seedInBulk } from "../load/bulk";
import { seedExamples } from "../load/examples";

const { values } = parseArgs({
  options: {
    examples: { type: "boolean", default: false },
    workspaces: { type: "string", default: "1" },
    customers: { type: "string", default: "1000" },
    interactions: { type: "string", default: "10000" },
    prefix: { type: "string", default: `load-${Date.now().toString(36)}` },
  },
});

/** Fills workspaces of their own with bulk data; every number is per workspace. */
async function main(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    const started = Date.now();
    const size = {
      workspaces: Number(values.workspaces),
      customers: Number(values.customers),
      interactions: Number(values.interactions),
      prefix: values.prefix,
    };
    const made = await seedInBulk(client, size);
    await client.query("analyze");
    console.log(
      `${made.length} workspaces (${made[0]?.slug}), ${size.customers} customers and ${size.interactions} interactions each, in ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
  } finally {
    await client.end();
    await closeDatabase();
  }
}

/** Makes the workspace of the worked examples and says who may look at it. */
async function examples(): Promise<void> {
  try {
    const { slug, email, password, ratings } = await seedExamples();
    console.log(`${ratings} ratings in the workspace ${slug}; sign in as ${email} with ${password}`);
  } finally {
    await closeDatabase();
  }
}

await (values.examples ? examples() : main());
