import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { statusOf } from "../../../scripts/platform/postgres";

const rewriting = `
  const { writeFileSync, rmSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  parentPort.postMessage("begun");
  for (;;) {
    writeFileSync(workerData, "4711\\n/data\\n0\\n5432\\n\\n\\n\\nready   \\n");
    rmSync(workerData);
  }`;

test("a lock file that PostgreSQL removes while it is read is none", async () => {
  const data = mkdtempSync(join(tmpdir(), "wheelhouse-lock-"));
  const writer = new Worker(rewriting, { eval: true, workerData: join(data, "postmaster.pid") });
  try {
    await new Promise((begun) => writer.once("message", begun));
    const seen = new Set<number | undefined>();
    for (let look = 0; look < 50_000; look += 1) seen.add(statusOf(data)?.pid);
    expect(seen).toContain(undefined);
  } finally {
    await writer.terminate();
    rmSync(data, { recursive: true });
  }
});
