import { describe, expect, test } from "vitest";
import { updateCustomer } from "@/lib/customers/commands";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { undoImport } from "@/lib/imports/commands";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { withOwner } from "@/scripts/platform/roles";
import { type Dump, differences, dumpWorkspace } from "../../support/dump";
import { makeCrew, takeIn } from "../../support/hubs";
import { importFiles, queueFiles, reportOf, runTask, undoFully } from "../../support/imports";
import { wrongLeads } from "../../support/leads";
import { expectSummed } from "../../support/summed";

/** Everything but what tells of the import itself. */
const dump = async (workspaceId: string): Promise<Dump> => {
  const all = await dumpWorkspace(workspaceId, { except: ["imports", "import_rows", "files"] });
  return { ...all, journey_counts: (all.journey_counts ?? []).filter((row) => !row.includes('"count": 0')) };
};

const people = (count: number, from = 0) =>
  `Name,Email,Phone,City,First contact\n${Array.from({ length: count }, (_, each) => {
    const number = from + each;
    return `Person ${number},person${number}@example.com,+97250${1_000_000 + number},Haifa,2026-01-05\n`;
  }).join("")}`;

const log = (customerId: string) =>
  LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true, summary: "Spoke" });

describe("undoing an import", () => {
  test("leaves every table as it was before, those it filled too", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { workspaceId } = ctx;
    for (const number of [3, 4, 600]) {
      await takeIn(ctx, { persons: [{ name: `Person ${number}`, emails: [`person${number}@example.com`] }] });
    }
    await expectSummed(ctx);
    const before = await dump(workspaceId);
    const done = await importFiles(ctx, [people(1100)]);
    expect(done.counts).toMatchObject({ rows: 1100, created: 1097, matched: 3 });
    expect(await wrongLeads(workspaceId)).toEqual([]);
    await expectSummed(ctx);
    const undone = await undoFully(ctx, done.id);

    expect(undone).toMatchObject({ status: "undone", undo: { removed: 1097, restored: 3, keptCount: 0 } });
    expect(await wrongLeads(workspaceId)).toEqual([]);
    await expectSummed(ctx);
    expect(differences(before, await dump(workspaceId))).toEqual({});
  });

  test("takes off in reverse order what two rows filled at one customer", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { workspaceId } = ctx;
    await takeIn(ctx, { persons: [{ name: "Dana", emails: ["dana@example.com"], phones: ["+972501234567"] }] });
    const before = await dump(workspaceId);
    const filler = people(600);
    const done = await importFiles(ctx, [
      `${filler}Dana,dana@example.com,,Haifa,\n`,
      "Name,Email,Phone,Notes,Source\nDana,,+972501234567,Likes trees,fair\n",
    ]);
    expect(done.counts).toMatchObject({ matched: 2, created: 600 });
    expect(await undoFully(ctx, done.id)).toMatchObject({ undo: { restored: 2, removed: 600 } });
    expect(differences(before, await dump(workspaceId))).toEqual({});
  });

  test("keeps whom somebody has worked on since, and names them", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const osc = await crew.oscContext();
    const { workspaceId } = ctx;
    const known = await takeIn(ctx, { persons: [{ name: "Person 7", emails: ["person7@example.com"] }] });
    const done = await importFiles(ctx, [people(20)]);
    const customers = await databaseTransaction(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: done.id }, orderBy: { name: "asc" } }),
    );
    const [called, edited] = customers;
    await inWorkspace(workspaceId, () => logInteraction(osc, log(called?.id ?? "")));
    await inWorkspace(workspaceId, () =>
      updateCustomer(osc, { id: edited?.id ?? "", version: 1, notes: "Call in May" }),
    );
    await inWorkspace(workspaceId, () => updateCustomer(osc, { id: known.id, version: 2, place: "Tel Aviv" }));

    const undone = await undoFully(ctx, done.id);
    expect(undone.undo).toMatchObject({ removed: 17, restored: 0, keptCount: 3 });
    expect(undone.undo?.kept.map(({ name }) => name).sort()).toEqual([called?.name, edited?.name, "Person 7"].sort());
    const left = await databaseTransaction(workspaceId, (db) => db.customer.findMany({ where: { workspaceId } }));
    expect(left.map(({ id }) => id).sort()).toEqual([called?.id, edited?.id, known.id].sort());
    const person = left.find(({ id }) => id === known.id);
    expect(person).toMatchObject({ place: "Tel Aviv", version: 3 });
  });

  test("of a contact logged at the same moment and the undo, never the contact is lost", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const osc = await crew.oscContext();
    const { workspaceId } = ctx;
    const done = await importFiles(ctx, [people(60)]);
    const customers = await databaseTransaction(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: done.id }, select: { id: true } }),
    );
    await inWorkspace(workspaceId, () => undoImport(ctx, { id: done.id }));
    const logs = customers.map(({ id }) => inWorkspace(workspaceId, () => logInteraction(osc, log(id))));
    const [, ...settled] = await Promise.allSettled([runTask(ctx, "import.undo", done.id), ...logs]);
    const logged = settled.filter(({ status }) => status === "fulfilled").length;
    const { undo } = await reportOf(ctx, done.id);
    expect(undo).toMatchObject({ keptCount: logged, removed: 60 - logged });
    for (const each of settled) {
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "not_found" });
    }
    const contacts = await databaseTransaction(workspaceId, (db) =>
      db.interaction.count({ where: { workspaceId, importId: null, summary: "Spoke" } }),
    );
    expect(contacts).toBe(logged);
  });

  test("is refused for a dry run, while it runs, and the second time", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const undo = (id: string) => inWorkspace(ctx.workspaceId, () => undoImport(ctx, { id }));
    const checked = await importFiles(ctx, [people(1)], { dryRun: true });
    await expect(undo(checked.id)).rejects.toMatchObject({ code: "refused", reason: "dry_run_wrote_nothing" });
    const queued = await queueFiles(ctx, [people(1)]);
    await expect(undo(queued)).rejects.toMatchObject({ reason: "still_running" });
    await runTask(ctx, "import.run", queued);
    await undoFully(ctx, queued);
    await expect(undo(queued)).rejects.toMatchObject({ reason: "already_undone" });
  });

  test("two undos at once do the work once", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const done = await importFiles(ctx, [people(700)]);
    await inWorkspace(ctx.workspaceId, () => undoImport(ctx, { id: done.id }));
    await Promise.all([runTask(ctx, "import.undo", done.id), runTask(ctx, "import.undo", done.id)]);
    expect(await reportOf(ctx, done.id)).toMatchObject({ status: "undone", undo: { removed: 700, keptCount: 0 } });
  });
});

describe("an import that was interrupted", () => {
  /** Makes the database refuse one line of an import, as a killed process would end its batch. */
  const withRefusedLine = async (line: number, work: () => Promise<void>) => {
    const owner = process.env.DATABASE_OWNER_URL ?? "";
    await withOwner(owner, async (client) => {
      await client.query(`create function public.refuse_line() returns trigger language plpgsql as
        $$ begin if new.line = ${line} then raise exception 'pulled the plug' using errcode = '57P01'; end if; return new; end $$`);
      await client.query(
        `create trigger refuse_line before insert on import_rows for each row execute function public.refuse_line()`,
      );
    });
    try {
      await work();
    } finally {
      await withOwner(owner, async (client) => {
        await client.query("drop function public.refuse_line() cascade");
      });
    }
  };

  test("goes on from where it stopped, without anybody twice", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { workspaceId } = ctx;
    const id = await queueFiles(ctx, [people(1200)]);
    await withRefusedLine(700, async () => {
      await expect(runTask(ctx, "import.run", id)).rejects.toThrow();
    });
    expect(await reportOf(ctx, id)).toMatchObject({ status: "running", error: "retrying", counts: { rows: 500 } });

    await runTask(ctx, "import.run", id);
    expect(await reportOf(ctx, id)).toMatchObject({
      status: "done",
      error: null,
      counts: { rows: 1200, created: 1200 },
    });
    const names = await databaseTransaction(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: id }, select: { name: true } }),
    );
    expect(new Set(names.map(({ name }) => name)).size).toBe(1200);
    expect(names).toHaveLength(1200);
  });

  test("run by two workers at once it writes every row once", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const id = await queueFiles(ctx, [people(1100)]);
    await Promise.all([runTask(ctx, "import.run", id), runTask(ctx, "import.run", id)]);
    expect(await reportOf(ctx, id)).toMatchObject({
      status: "done",
      counts: { rows: 1100, created: 1100, matched: 0 },
    });
  });
});
