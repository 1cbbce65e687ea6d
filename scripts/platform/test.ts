import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explain } from "./advice";
import { buildWhenStale, generateWhenStale } from "./build";
import { type Crew, endOnSignals, makeCrew } from "./crew";
import { runJourneys } from "./journeys";
import {
  failuresOfPlaywright,
  failuresOfVitest,
  sumOf,
  type Tally,
  tallyOf,
  tallyOfPlaywright,
  tallyOfVitest,
  wordsOf,
} from "./tally";

const tools = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  eslint: "node_modules/eslint/bin/eslint.js",
  cruiser: "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  compiler: "node_modules/typescript-7/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
};

const folders = ["app", "components", "lib", "prisma", "scripts", "tests"];

/** Everything runs, whatever fails before it; only without the database client nothing would. */
async function testEverything(crew: Crew, reports: string): Promise<Tally> {
  await generateWhenStale(crew);
  const tallies: Tally[] = [];
  const reasons: string[] = [];
  const check = async (name: string, work: () => Promise<void>, count = tallyOf) => {
    const start = performance.now();
    console.log(`\n=== ${name}`);
    const hasSucceeded = await work().then(
      () => true,
      (error: unknown) => {
        explain(error);
        return false;
      },
    );
    tallies.push(count(hasSucceeded));
    console.log(
      `=== ${name}: ${hasSucceeded ? "passed" : "FAILED"} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  };
  const tool = (name: string, args: string[]) => () => crew.run({ name, args, env: testEnvironment() });

  const types = async () => {
    // What a development server wrote may name pages that are gone; what the build wrote is what there is.
    rmSync(".next/dev/types", { recursive: true, force: true });
    await tool("tsc", [tools.compiler, "--noEmit"])();
  };
  const units = join(reports, "vitest.json");
  const vitest = [tools.vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${units}`];
  const sources = async () => {
    await check("format and lint", tool("biome", [tools.biome, "check", "--error-on-warnings"]));
    await check("direction of imports", tool("dependency-cruiser", [tools.cruiser, ...folders]));
    await check("lint of pages and hooks", tool("eslint", [tools.eslint, ".", "--max-warnings=0"]));
    await check("build", () => buildWhenStale(crew));
    await check("types", types);
  };
  // The tests wait for their databases half of the time; what looks at the sources fills it.
  await Promise.all([
    check("unit, integration and security", tool("vitest", vitest), (ok) => {
      reasons.push(...failuresOfVitest(units));
      return tallyOfVitest(units, ok);
    }),
    sources(),
  ]);
  const endToEnd = (name: string, projects: string[]) => {
    const report = join(reports, `${projects[0]}.json`);
    const args = ["--no-deps", ...projects.map((project) => `--project=${project}`)];
    return check(
      name,
      () => runJourneys(crew, testEnvironment(), args, report),
      (ok) => {
        reasons.push(...failuresOfPlaywright(report));
        return tallyOfPlaywright(report, ok);
      },
    );
  };
  await endToEnd("end to end", ["trouble", "journeys", "screens"]);
  // What is measured has the machine to itself.
  await endToEnd("speed in the browser", ["measured"]);
  // Said again where a long run ends, since what failed early stands far above.
  if (reasons.length > 0) console.log(`\n=== what failed\n${reasons.join("\n\n")}`);
  return sumOf(tallies);
}

/** The tests bring their own database, so nothing of the one in use may reach them. */
function testEnvironment(): NodeJS.ProcessEnv {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_QUEUE_URL, PORT, SMTP_URL, ...rest } = process.env;
  return { ...rest, NEXT_TELEMETRY_DISABLED: "1" };
}

const crew = makeCrew(explain);
endOnSignals(crew);
const reports = mkdtempSync(join(tmpdir(), "wheelhouse-reports-"));
crew.defer(async () => rmSync(reports, { recursive: true, force: true }));

try {
  const tally = await testEverything(crew, reports);
  console.log(`\n${wordsOf(tally)}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
} catch (error) {
  explain(error);
  console.log(`\n${wordsOf(tallyOf(false))}`);
  process.exitCode = 1;
} finally {
  await crew.end();
}
