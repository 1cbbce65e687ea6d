import { expect, test } from "vitest";
import { database, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";

type Reader = { findFirst(): Promise<unknown> };

const isReader = (value: unknown): value is Reader => value instanceof Object && "findFirst" in value;

test("every column that the client reads is in the migrated database", async () => {
  const members: [string, unknown][] = Object.entries(database());
  const models = members.flatMap(([name, model]) => (isReader(model) ? [{ name, model }] : []));
  const faults: string[] = [];

  await inWorkspace(newId(), async () => {
    for (const { name, model } of models)
      await model.findFirst().catch((error: unknown) => faults.push(`${name}: ${error}`));
  });

  expect(models.length).toBeGreaterThan(10);
  expect(faults).toEqual([]);
});
