import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explain } from "./advice";
import { generateWhenStale } from "./build";
import { type Crew, endOnSignals, makeCrew } from "./crew";
import { projectRoot } from "./project";
import { tallyOfVitest, wordsOf } from "./tally";

const tests = join(projectRoot, "tests");

/** The attacks of the catalogue by id, each with the files whose tests are named after it. */
function coverage(): { id: string; attack: string; because: string | undefined; files: string[] }[] {
  const read = <Content>(file: string): Content => JSON.parse(readFileSync(join(tests, "security", file), "utf8"));
  const attacks = read<Record<string, string>>("attacks.json");
  const none = read<Record<string, { because: string }>>("no-surface.json");
  const files = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(test|spec)\.tsx?$/.test(file),
  );
  const sources = files.map((file) => ({ file, source: readFileSync(join(tests, file), "utf8") }));
  return Object.entries(attacks).map(([id, attack]) => {
    const named = new RegExp(`["'\`](?:[A-Z]\\d\\d[a-z]?,? )*${id}\\b`);
    return {
      id,
      attack,
      because: none[id]?.because,
      files: sources.filter(({ source }) => named.test(source)).map(({ file }) => file),
    };
  });
}

async function testSecurity(crew: Crew, report: string): Promise<boolean> {
  await generateWhenStale(crew);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "tests/security/", "--passWithNoTests"];
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${report}`];
  const hasSucceeded = await crew.run({ name: "vitest", args: [...vitest, ...reporters], env: process.env }).then(
    () => true,
    () => false,
  );
  const rows = coverage();
  for (const { id, attack, because = "", files } of rows)
    console.log(`${id}  ${files.join(", ") || `no such surface: ${because}`}  (${attack})`);
  const tested = rows.filter(({ files }) => files.length > 0).length;
  console.log(`\n${tested} of ${rows.length} attacks have a test; the others have no such surface yet.`);
  console.log(wordsOf(tallyOfVitest(report, hasSucceeded)));
  return hasSucceeded;
}

const crew = makeCrew(explain);
endOnSignals(crew);
const folder = mkdtempSync(join(tmpdir(), "wheelhouse-security-"));
crew.defer(async () => rmSync(folder, { recursive: true, force: true }));

try {
  process.exitCode = (await testSecurity(crew, join(folder, "vitest.json"))) ? 0 : 1;
} catch (error) {
  explain(error);
  process.exitCode = 1;
} finally {
  await crew.end();
}
