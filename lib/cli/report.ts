import { parseArgs } from "node:util";
import { systemContext } from "../auth/context";
import { asUser, closeDatabase, inWorkspace } from "../db";
import { AppError } from "../errors";
import { makeAnalysis } from "../reports/analyses";
import { type Analysis, AsOf, analysisNames } from "../reports/schema";
import { canonicalJson } from "../runs/canonical";

const usage = `Usage: npm run report -- --workspace SLUG --report ${analysisNames.join("|")} [--as-of DATE] [--json]`;

const options = {
  workspace: { type: "string" },
  report: { type: "string" },
  "as-of": { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Every number of a result with its way to it, one a line; lists of points stay lists. */
function* lines(value: unknown, path: string): Generator<string> {
  if (Array.isArray(value) || value === null || typeof value !== "object") yield `${path} ${canonicalJson(value)}`;
  else for (const [key, each] of Object.entries(value)) yield* lines(each, path === "" ? key : `${path}.${key}`);
}

function print({ report, run, result }: Analysis, isJson: boolean): void {
  if (isJson) console.log(canonicalJson({ report, run, result }));
  else for (const line of lines({ report, run, result }, "")) console.log(line);
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options });
  const report = analysisNames.find((each) => each === values.report);
  const asOf = AsOf.optional().safeParse(values["as-of"]);
  if (!values.workspace || !report || !asOf.success) {
    console.error(usage);
    return 2;
  }
  const slug = values.workspace;
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) {
    console.error(`There is no workspace "${slug}".`);
    return 2;
  }
  const ctx = await systemContext(workspace.id);
  print(await inWorkspace(workspace.id, () => makeAnalysis(ctx, report, asOf.data)), values.json);
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof AppError) console.error(error.details.detail ?? `${error.message}: ${error.reason}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
