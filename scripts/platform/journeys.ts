import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBrowser } from "./browser";
import type { Crew } from "./crew";
import { projectRoot } from "./project";

/** Runs the end-to-end tests on the built application; `report` is where their JSON report goes. */
export async function runJourneys(
  crew: Crew,
  env: NodeJS.ProcessEnv,
  args: string[] = [],
  report?: string,
): Promise<void> {
  ensureBrowser();
  const resolveNext = pathToFileURL(join(projectRoot, "scripts/resolve-next.mjs")).href;
  await crew.run({
    name: "playwright",
    args: [join(projectRoot, "node_modules/@playwright/test/cli.js"), "test", ...args],
    env: {
      ...env,
      // The tests make workspaces and sessions with the application's own modules, as the worker loads them.
      NODE_OPTIONS: `--conditions=react-server --import=${resolveNext}`,
      ...(report && { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    },
  });
}
