import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { inWorkspace } from "@/lib/db";
import { analysisNames } from "@/lib/reports/schema";
import { canonicalJson } from "@/lib/runs/canonical";
import { moduleArguments } from "../../../scripts/platform/servers";
import { tellLeak } from "../../support/passed";
import { makeClient } from "../api/client";

const execute = promisify(execFile);

/** What the command file answers to these arguments, run as a process of its own. */
async function report(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const began = execute(process.execPath, [...moduleArguments("lib/cli/report.ts"), ...args], { maxBuffer: 1 << 24 });
  return began.then(
    (ended) => ({ code: 0, ...ended }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test("the command prints byte for byte what the API answers, for every report", { timeout: 60_000 }, async () => {
  const manager = await makeClient(endpoints, "manager");
  const { ctx } = manager;
  const [workspace, owner] = await inWorkspace(ctx.workspaceId, () =>
    Promise.all([
      ctx.db.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } }),
      ctx.db.member.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
    ]),
  );
  await tellLeak(ctx, owner.id);
  // Two days ago is over in every time zone.
  const asOf = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const printed = await Promise.all(
    analysisNames.map((name) =>
      report(["--workspace", workspace.slug, "--report", name, "--as-of", asOf, "--json"]).then((told) => ({
        ...{ name, told },
      })),
    ),
  );
  for (const { name, told } of printed) {
    expect([name, told.code, told.stderr]).toEqual([name, 0, ""]);
    const answer = await (await manager.send("GET", `/reports/${name}?asOf=${asOf}`)).json();
    expect(answer.run.id).not.toBeNull();
    expect(told.stdout).toBe(`${canonicalJson(answer)}\n`);
  }
});

test("the command says what is wrong with its arguments and ends with a code for it", { timeout: 60_000 }, async () => {
  const { ctx } = await makeClient(endpoints, "manager");
  const { slug } = await inWorkspace(ctx.workspaceId, () =>
    ctx.db.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } }),
  );
  const [unknown, nowhere, future] = await Promise.all([
    report(["--workspace", slug, "--report", "everything"]),
    report(["--workspace", "nowhere-at-all", "--report", "leaks"]),
    report(["--workspace", slug, "--report", "leaks", "--as-of", "2099-01-01"]),
  ]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toContain("Usage: npm run report");
  expect(nowhere).toMatchObject({ code: 2, stderr: 'There is no workspace "nowhere-at-all".\n' });
  expect(future.code).toBe(1);
  expect(future.stderr).toContain("in_the_future");
});
