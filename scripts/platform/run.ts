import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { owningEnvironment } from "./addresses";
import { Advice, explain } from "./advice";
import { buildWhenStale, generateWhenStale } from "./build";
import { endOnSignals, makeCrew } from "./crew";
import { openDatabase } from "./database";
import { dataFolder, keptSecret, loadSettings, projectRoot } from "./project";
import { makePassword } from "./roles";
import { moduleArguments } from "./servers";

/** Runs `lib/cli/<name>.ts` (or the benchmark) with the arguments behind it, on the database of this installation; answers its exit code. */
async function runCommand(name = "", args: string[] = []): Promise<number> {
  const file = `${name.replace(":", "-")}.ts`;
  const module = [`lib/cli/${file}`, `tests/bench/${file}`].find((each) => existsSync(join(projectRoot, each)));
  if (!module) throw new Advice(`There is no command "${name}": package.json lists them.`);
  loadSettings();
  await generateWhenStale(crew);
  // A benchmark asks the web process, which serves what was built.
  if (module.startsWith("tests/")) await buildWhenStale(crew);
  const database = await openDatabase();
  crew.defer(database.stop);
  const env = {
    ...process.env,
    ...owningEnvironment(database),
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || keptSecret(join(dataFolder, "secret"), makePassword),
  };
  const child = spawn(process.execPath, [...moduleArguments(module), ...args], {
    cwd: projectRoot,
    env,
    stdio: "inherit",
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

const crew = makeCrew(explain);
endOnSignals(crew);

try {
  process.exitCode = await runCommand(process.argv[2], process.argv.slice(3));
} catch (error) {
  explain(error);
  process.exitCode = 1;
} finally {
  await crew.end();
}
