import { describe, expect, test } from "vitest";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { listImports } from "@/lib/imports/queries";
import { rejectReasons } from "@/lib/imports/schema";
import en from "@/lib/messages/en/imports.json";
import he from "@/lib/messages/he/imports.json";
import { makeCrew } from "../../support/hubs";
import { importFiles, rejectsOf, reportOf } from "../../support/imports";

const broken = "Name,Email\nIda,ida@example.com\nBen,nobody at example\nGil,neither at example\n";

/** An import of which the two rejected rows were written by somebody who knew other reasons and other cells. */
async function importOfStrangers() {
  const ctx = await (await makeCrew()).managerContext();
  const { workspaceId } = ctx;
  const { id } = await importFiles(ctx, [broken]);
  const spoil = (line: number, reason: string | null, raw: unknown) =>
    databaseTransaction(workspaceId, (db) =>
      db.importRow.updateMany({
        where: { workspaceId, importId: id, line },
        data: { reason, raw: raw === null ? Prisma.JsonNull : (raw as Prisma.InputJsonValue) },
      }),
    );
  return { ctx, id, spoil };
}

describe("rejects that another version stored", () => {
  test.each([
    ["an object", { Name: "Ben" }],
    ["a text", "Ben,nobody"],
    ["a number", 7],
    ["nothing", null],
    ["cells that are no text", [null, 3, { deep: [] }, "Ben"]],
  ])("an unknown reason and %s for cells are shown and saved all the same", async (_, raw) => {
    const { ctx, id, spoil } = await importOfStrangers();
    await spoil(3, "no_such_reason", raw);
    const report = await reportOf(ctx, id);
    expect(report.rejects.map(({ reason }) => reason)).toEqual(["other", "bad_email"]);
    expect(report.rejects.every(({ cells }) => cells.every((cell) => typeof cell === "string"))).toBe(true);
    expect(await rejectsOf(ctx, id)).toContain(en.reasons.other);
  });

  test("every unknown reason, and none at all, is counted as one", async () => {
    const { ctx, id, spoil } = await importOfStrangers();
    await spoil(3, "no_such_reason", []);
    await spoil(4, null, []);
    expect((await reportOf(ctx, id)).reasons).toEqual([{ reason: "other", count: 2 }]);
  });

  test("files, mapping, counts and undo of any shape leave the import and the list readable", async () => {
    const { ctx, id } = await importOfStrangers();
    const { workspaceId } = ctx;
    for (const shape of ["words", 7, [1, [2]], { kept: "x", rows: "many" }, [{ name: 5, columns: { a: 1 } }]]) {
      await databaseTransaction(workspaceId, (db) =>
        db.import.updateMany({
          where: { workspaceId, id },
          data: { files: shape, mapping: shape, counts: shape, undo: shape },
        }),
      );
      const report = await reportOf(ctx, id);
      expect(Object.values(report.counts).every(Number.isInteger)).toBe(true);
      expect(report.files.every(({ name, columns }) => typeof name === "string" && Array.isArray(columns))).toBe(true);
      expect(Array.isArray(report.undo?.kept ?? [])).toBe(true);
      await rejectsOf(ctx, id);
      expect((await inWorkspace(workspaceId, () => listImports(ctx))).data).toHaveLength(1);
    }
  });

  test("there are words for every reason, and for those we do not know", () => {
    for (const words of [en, he]) expect(Object.keys(words.reasons).sort()).toEqual([...rejectReasons, "other"].sort());
  });
});
