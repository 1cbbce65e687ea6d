import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "@/scripts/platform/project";
import { moduleArguments } from "@/scripts/platform/servers";

type Ended = { code: number | null; out: string; error: string };

/** Runs a module of this folder as npm would, in a process of its own, and waits for its end. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS, VITEST, NODE_ENV, ...rest } = process.env;
    const child = spawn(process.execPath, args, { cwd: projectRoot, env: { ...rest, ...env } as NodeJS.ProcessEnv });
    const ended: Ended = { code: null, out: "", error: "" };
    child.stdout.on("data", (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      ended.error += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...ended, code }));
  });
}

const command = (name: string, ...args: string[]) => run(["scripts/run.mjs", name, ...args]);

/** The process that `command` starts once the database is open, without the second that opening it takes. */
const inner = (name: string, ...args: string[]) => run([...moduleArguments(`lib/cli/${name}.ts`), ...args]);

/** A sentence or two for whoever typed: no trace, no name of a class. */
function expectPlain({ code, error }: Ended, says: RegExp, lines = 1): void {
  expect(error).toMatch(says);
  expect(error).not.toMatch(/^\s+at |\b[A-Z]\w*Error\b|node:internal/m);
  expect(error.trim().split("\n").length, error).toBeLessThanOrEqual(lines);
  expect(code).toBeGreaterThan(0);
}

describe("commands, as somebody new types them", () => {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-commands-"));
  const slug = "newcomers";

  beforeAll(async () => {
    const made = await command("workspace", "create", "--slug", slug, "--name", "New", "--owner", "ona@example.com");
    expect(made).toMatchObject({ code: 0, error: "" });
    expect(made.out).toMatch(/^http:\/\/\S+\n$/);
    writeFileSync(join(folder, "people.csv"), "Name,Email,Phone\nCora Case,cora@example.com,+972 50 123 4567\n");
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("what is right does its work, says so and ends with 0", { timeout: 60_000 }, async () => {
    const key = await command("key", "--workspace", slug, "--role", "osc");
    const imported = await inner("import", "--workspace", slug, "--dry-run", join(folder, "people.csv"));
    const report = await inner("report", "--workspace", slug, "--report", "survival", "--json");
    expect(key).toMatchObject({ code: 0, error: "" });
    expect(key.out).toMatch(/^wh_newcomers_\w{46}\n$/);
    expect(imported).toMatchObject({ code: 0, error: "" });
    expect(imported.out).toMatch(/^Checked in [\d.]+ s: .*rows 1\b/m);
    expect(report).toMatchObject({ code: 0, error: "" });
    expect(JSON.parse(report.out)).toMatchObject({ report: "survival" });
  });

  test.each([
    ["workspace", ["create", "--slug", slug, "--name", "New", "--owner", "ona@example.com"], /^This slug is taken/, 1],
    ["workspace", ["link", "--slug", slug, "--member", "nobody@example.com"], /^Nobody who still has to come/, 1],
    ["key", ["--workspace", "nowhere", "--role", "osc"], /^There is no workspace "nowhere"\.$/m, 1],
    ["key", ["--workspace", slug, "--role", "king"], /^Usage: npm run key/, 2],
    ["key", ["--workspace", slug, "--roel", "osc"], /--roel/, 3],
    [
      "import",
      ["--workspace", slug, "/nowhere/people.csv"],
      /^There is no file \/nowhere\/people\.csv that can be read\.$/m,
      1,
    ],
    ["report", ["--workspace", slug, "--report", "survival", "--as-of", "yesterday"], /^Usage: npm run report/, 1],
  ] as const)("%s %j says in plain words what is wrong", async (name, args, says, lines) => {
    expectPlain(await inner(name, ...args), says, lines);
  });

  test("what is no command is told where they are listed", async () => {
    expectPlain(await command("fly"), /^There is no command "fly": package\.json lists them\.$/m);
  });
});

describe("a start that cannot be", () => {
  test("of a port that is taken or none says which and what to do", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const [taken, none] = await Promise.all(
        [String(port), "eighty"].map((PORT) => run(["scripts/start.mjs"], { PORT })),
      );
      if (!taken || !none) throw new Error("nothing ran");
      expectPlain(taken, new RegExp(`^Port ${port} is taken: end the program .* PORT=${port + 1} npm start\\.$`, "m"));
      expectPlain(none, /^PORT is eighty, which is no port: /m);
    } finally {
      server.close();
    }
  });

  test("of a database that cannot be reached names the variable", async () => {
    const away = { DATABASE_URL: "postgresql://a:b@127.0.0.1:9/c", DATABASE_OWNER_URL: "" };
    const ended = await run(["scripts/run.mjs", "key", "--workspace", "any", "--role", "osc"], away);
    expectPlain(
      ended,
      /^The database of DATABASE_URL cannot be reached \(.+\): start it, or correct or unset DATABASE_URL\.$/m,
    );
  });
});
