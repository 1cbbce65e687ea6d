import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { asUser, closeDatabase, inWorkspace } from "../db";
import { AppError } from "../errors";
import { queueImport, storeImportFile } from "../imports/commands";
import { getImport } from "../imports/queries";
import { runImport } from "../imports/run";
import { CreateImport, type ImportCounts, type ImportReport, importPresets, maxFileBytes } from "../imports/schema";
import en from "../messages/en/imports.json";

const usage = `Usage: npm run import -- --workspace SLUG [--preset ${importPresets.join("|")}] [--dry-run] [--name NAME] FILE.csv ...`;

/** Until then the import belongs to this command; after that the worker finishes what a killed command left. */
const ownForMinutes = 10;

const options = {
  workspace: { type: "string" },
  preset: { type: "string" },
  name: { type: "string" },
  "dry-run": { type: "boolean", default: false },
} as const;

async function storeFiles(ctx: Context, paths: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const path of paths) {
    const full = resolve(process.env.INIT_CWD ?? ".", path);
    const { size } = await stat(full).catch(() => {
      throw new Error(`There is no file ${path} that can be read.`);
    });
    if (size > maxFileBytes) throw new Error(`${path} is larger than 50 MB.`);
    const { id } = await storeImportFile(ctx, { name: basename(full), content: await readFile(full) });
    ids.push(id);
  }
  return ids;
}

function show(progress: number, { rows }: ImportCounts): void {
  const line = `${String(Math.floor(progress * 100)).padStart(3)} %  ${rows} rows`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
  else console.log(line);
}

function tell(report: ImportReport, seconds: number): number {
  const { counts, status, error } = report;
  if (process.stdout.isTTY) process.stdout.write("\n");
  if (status !== "done") {
    const words: Record<string, string> = { ...en.errors, ...prefixed(en.refused) };
    console.error(`The import ${report.id} failed: ${words[error ?? ""] ?? error ?? status}`);
    return 1;
  }
  const list = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${report.dryRun ? "Checked" : "Imported"} in ${seconds.toFixed(1)} s: ${list.join(", ")}`);
  for (const { reason, count } of report.reasons) console.log(`  ${count} x ${en.reasons[reason]}`);
  for (const { name, flag } of report.flagged) console.log(`  flagged: ${name}, ${flag.replaceAll("_", " ")}`);
  console.log(`import ${report.id}`);
  return 0;
}

function prefixed(words: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [`file_${key}`, text]));
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const preset = importPresets.find((each) => each === values.preset);
  if (!values.workspace || positionals.length === 0 || (values.preset && !preset)) {
    console.error(usage);
    return 2;
  }
  const slug = values.workspace;
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) {
    console.error(`There is no workspace "${slug}".`);
    return 2;
  }
  const started = performance.now();
  const ctx = await systemContext(workspace.id);
  return inWorkspace(workspace.id, async () => {
    const files = await storeFiles(ctx, positionals);
    const input = CreateImport.parse({ files, preset, name: values.name, dryRun: values["dry-run"] });
    const runAt = new Date(ctx.now.getTime() + ownForMinutes * 60_000);
    const { id } = await queueImport(ctx, input, { runAt });
    await runImport(workspace.id, id, show);
    return tell(await getImport(ctx, { id }), (performance.now() - started) / 1000);
  });
}

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof AppError) console.error(error.details.detail ?? error.message);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
