import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { closeDatabase } from "@/lib/db";
import { servingEnvironment } from "../../scripts/platform/addresses";
import { freePort } from "../../scripts/platform/postgres";
import { drive, fetchOnce, median, memoryOf, processorTime, type Timing } from "./measure";
import { type Operation, operationsOf } from "./operations";
import { prepareBench, prepareDatabase } from "./prepare";

const { values } = parseArgs({
  options: {
    customers: { type: "string", default: "20000" },
    seconds: { type: "string", default: "3" },
    repeats: { type: "string", default: "3" },
    only: { type: "string" }, // names of operations; the list, whose raw statement others are held against, always comes
  },
});
const customers = Number(values.customers);
const seconds = Number(values.seconds);
const repeats = Number(values.repeats);

type Pair = { raw: Timing; ours: Timing; processor: number; bytes: number };

const mark = (timing: Timing) => [timing.p50, timing.p95, timing.p99].map((each) => each.toFixed(2)).join(" / ");

/** Measures raw and ours one after the other, so that a slower minute of the machine meets both. */
async function compare(pool: pg.Pool, operation: Operation, clients: number, pid: number): Promise<Pair> {
  const { text, values: valuesOf } = operation.raw;
  const name = `bench_${operation.name}`;
  const raw = await drive(clients, seconds, 5000, async (turn) => {
    await pool.query({ name, text, values: valuesOf(turn) });
  });
  let bytes = 0;
  let calls = 0;
  const before = processorTime(pid);
  const ours = await drive(clients, seconds, 5000, async (turn) => {
    const answer = await operation.ask(turn);
    if (answer.status !== 200)
      throw new Error(`${operation.name} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    bytes += answer.bytes;
    calls += 1;
  });
  return {
    raw,
    ours,
    processor: (processorTime(pid) - before) / Math.max(1, calls),
    bytes: Math.round(bytes / Math.max(1, calls)),
  };
}

/** How many statements one request sends, without BEGIN, who is asking, and COMMIT. */
async function statementsOf(owner: pg.Client, operation: Operation): Promise<number> {
  const count = async () => {
    const { rows } = await owner.query<{ n: string }>(
      "select coalesce(sum(calls), 0)::text as n from pg_stat_statements where query !~* '^\\s*(begin|commit|rollback|select app.set_(tenant|user)|select coalesce.sum.calls)'",
    );
    return Number(rows[0]?.n ?? 0);
  };
  const before = await count();
  await operation.ask(7);
  return (await count()) - before;
}

/** Measures every operation and prints what it costs; answers the raw list's p50 in milliseconds. */
async function report(
  operations: readonly Operation[],
  pool: pg.Pool,
  owner: pg.Client,
  pid: number,
  hasStatements: boolean,
): Promise<number> {
  let listRaw = 0;
  for (const operation of operations) {
    const single: Pair[] = [];
    const many: Pair[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      single.push(await compare(pool, operation, 1, pid));
      many.push(await compare(pool, operation, 16, pid));
    }
    const raw = median(single.map((pair) => pair.raw.p50));
    if (operation.name === "list") listRaw = raw;
    const ratio = median(single.map((pair) => pair.ours.p50 / (operation.against ? listRaw : pair.raw.p50)));
    const middle =
      single.find((pair) => pair.ours.p50 === median(single.map((each) => each.ours.p50))) ?? (single[0] as Pair);
    const busy = many[Math.floor(many.length / 2)] as Pair;
    console.log(
      [
        `${operation.name.padEnd(7)} x${ratio.toFixed(1)} of raw ${operation.against ?? operation.name} (gate x${operation.gate}: ${ratio <= operation.gate ? "held" : "MISSED"})`,
        `  c=1  ours ${mark(middle.ours)} ms, raw ${mark(middle.raw)} ms, ${middle.processor.toFixed(2)} ms of processor, ${middle.bytes} bytes${hasStatements ? `, ${await statementsOf(owner, operation)} statements` : ""}`,
        `  c=16 ours ${mark(busy.ours)} ms at ${busy.ours.perSecond.toFixed(0)}/s, raw ${mark(busy.raw)} ms at ${busy.raw.perSecond.toFixed(0)}/s`,
      ].join("\n"),
    );
  }
  return listRaw;
}

async function main(): Promise<void> {
  const addresses = await prepareDatabase(customers, customers * 10);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  process.env.NEXTAUTH_URL = origin;
  const bench = await prepareBench(addresses, origin);
  const only = values.only?.split(",");
  const operations = operationsOf(bench).filter(({ name }) => !only || name === "list" || only.includes(name));
  const begun = performance.now();
  const web = spawn(process.execPath, ["--max-old-space-size=384", join("node_modules/next/dist/bin/next"), "start"], {
    env: {
      ...process.env,
      ...servingEnvironment(addresses),
      NODE_ENV: "production",
      PORT: String(port),
      NEXTAUTH_URL: origin,
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const pid = web.pid ?? 0;
  const pool = new pg.Pool({ connectionString: addresses.owner, max: 16 });
  const owner = new pg.Client({ connectionString: addresses.owner });
  await owner.connect();
  try {
    const first = operations[0] as Operation;
    for (;;) {
      const answer = await first.ask(0).catch(() => null);
      if (answer?.status === 200) break;
      if (web.exitCode !== null) throw new Error("The web process ended before it answered: its reason stands above.");
      if (answer && answer.status !== 200 && performance.now() - begun > 20_000)
        throw new Error(`the list answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
    console.log(`cold start to first list: ${((performance.now() - begun) / 1000).toFixed(2)} s`);
    await fetchOnce(new URL("/livez", origin));
    console.log(`memory idle: ${memoryOf(pid).toFixed(0)} MB`);
    const hasStatements = await owner.query("create extension if not exists pg_stat_statements").then(
      () =>
        owner.query("select 1 from pg_stat_statements limit 1").then(
          () => true,
          () => false,
        ),
      () => false,
    );
    for (const operation of operations) await drive(2, 1, 100, async (turn) => void (await operation.ask(turn)));
    const listRaw = await report(operations, pool, owner, pid, hasStatements);
    console.log(`memory after load: ${memoryOf(pid).toFixed(0)} MB; raw list p50 ${listRaw.toFixed(3)} ms`);
  } finally {
    web.kill("SIGTERM");
    await pool.end();
    await owner.end();
    await closeDatabase();
  }
}

await main();
process.exit(0);
