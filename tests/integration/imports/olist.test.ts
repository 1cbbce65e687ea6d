import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { databaseTransaction } from "@/lib/db";
import { differences, dumpWorkspace } from "../../support/dump";
import { makeCrew } from "../../support/hubs";
import { importFiles, undoFully } from "../../support/imports";

const folder = resolve(import.meta.dirname, "../../../../shared/data/olist");
const real = existsSync(folder) ? test : test.skip;

/** Thirty seconds of this machine, longer when others are at work on it. */
const timeAllowed = () => 30_000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

const leads = [
  "mql_id,first_contact_date,landing_page_id,origin",
  "aaaaaa1111,2018-01-05,p1,organic search",
  "bbbbbb2222,2018-01-06,p2,",
  "cccccc3333,2018-03-10,p1,social",
  "dddddd4444,2018-02-01,p3,email",
].join("\n");
const deals = [
  "mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type",
  "aaaaaa1111,s1,0123456789osc,9876543210sale,2018-01-20 19:58:54,pet,x",
  "cccccc3333,s2,0123456789osc,both55555555,2018-03-01 08:00:00,toys,x",
  "dddddd4444,s3,both55555555,9876543210sale,2018-02-01 10:00:00,pet,x",
  "eeeeee5555,s4,0123456789osc,9876543210sale,2018-02-01 10:00:00,pet,x",
].join("\n");

describe("the Olist preset", () => {
  test("joins leads and deals in either order: history, people, the flag and the blank origin", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const { workspaceId } = ctx;
    const report = await importFiles(ctx, [deals, leads], { preset: "olist" });
    expect(report.counts).toEqual({ rows: 5, created: 4, matched: 0, rejected: 1, flagged: 1 });
    expect(report.rejects[0]).toMatchObject({
      file: "file-1.csv",
      line: 5,
      reason: "unknown_lead",
      value: "eeeeee5555",
    });
    expect(report.flagged).toMatchObject([{ name: "Lead cccccc", flag: "won_before_first_contact" }]);

    const members = await databaseTransaction(workspaceId, (db) =>
      db.member.findMany({ where: { workspaceId, externalId: { not: null } }, orderBy: { name: "asc" } }),
    );
    expect(members).toMatchObject([
      { name: "OSC 012345", roles: ["osc"], email: null, userId: null, status: "active" },
      { name: "OSC and Sales both55", roles: ["osc", "sales"], email: null },
      { name: "Sales 987654", roles: ["sales"], email: null },
    ]);

    const hub = async (externalId: string) => {
      const customer = await databaseTransaction(workspaceId, (db) =>
        db.customer.findFirstOrThrow({ where: { workspaceId, sourceSystem: "olist", externalId } }),
      );
      const journey = await databaseTransaction(workspaceId, (db) =>
        db.journey.findFirstOrThrow({ where: { workspaceId, customerId: customer.id } }),
      );
      const transitions = await databaseTransaction(workspaceId, (db) =>
        db.stageTransition.findMany({ where: { workspaceId, journeyId: journey.id }, orderBy: { seq: "asc" } }),
      );
      const [contact] = await databaseTransaction(workspaceId, (db) =>
        db.interaction.findMany({ where: { workspaceId, customerId: customer.id } }),
      );
      return { customer, journey, transitions, contact };
    };
    const won = await hub("aaaaaa1111");
    expect(won.customer).toMatchObject({
      name: "Lead aaaaaa",
      kind: "account",
      segment: "pet",
      origin: "organic search",
    });
    expect(won.journey).toMatchObject({ status: "won", oscId: members[0]?.id, accountableId: members[2]?.id });
    expect(won.transitions.map(({ at, status }) => [at.toISOString(), status])).toEqual([
      ["2018-01-05T00:00:00.000Z", "active"],
      ["2018-01-20T19:58:54.000Z", "won"],
    ]);
    expect(won.contact).toMatchObject({ medium: "portal", origin: "organic search", direction: "inbound" });
    const open = await hub("bbbbbb2222");
    expect(open.customer.origin).toBeNull();
    expect(open.contact).toMatchObject({ medium: "unknown", origin: null });
    expect(open.journey).toMatchObject({ status: "active", oscId: crew.workspace.owner.memberId, nextDueAt: null });
    expect((await hub("dddddd4444")).contact?.medium).toBe("email");
    const early = await hub("cccccc3333");
    expect(early.customer.flag).toBe("won_before_first_contact");
    expect(early.journey.status).toBe("won");
  });

  test("refuses other files, and a file alone", async () => {
    const ctx = await (await makeCrew()).managerContext();
    for (const files of [[leads], [leads, leads], [leads, "Name\nDana\n"]]) {
      expect(await importFiles(ctx, files, { preset: "olist" })).toMatchObject({
        status: "failed",
        error: "not_olist",
      });
    }
  });

  real(
    "8,000 leads and 842 wins arrive by origin as the publisher counts them, and go again (skipped: no ../shared)",
    async () => {
      const crew = await makeCrew();
      const ctx = await crew.managerContext();
      const { workspaceId } = ctx;
      const file = (name: string) => readFileSync(resolve(folder, name));
      const except = ["imports", "import_rows", "files"];
      const before = await dumpWorkspace(workspaceId, { except });
      const started = performance.now();
      const report = await importFiles(
        ctx,
        [file("olist_marketing_qualified_leads_dataset.csv"), file("olist_closed_deals_dataset.csv")],
        { preset: "olist" },
      );
      expect(performance.now() - started).toBeLessThan(timeAllowed());
      expect(report.counts).toEqual({ rows: 8000, created: 8000, matched: 0, rejected: 0, flagged: 1 });

      const table = await databaseTransaction(
        workspaceId,
        (db) => db.$queryRaw<{ origin: string; leads: number; won: number }[]>`
          select coalesce(c.origin, 'unknown') as origin, count(*)::int as leads, count(*) filter (where j.status = 'won')::int as won
          from customers c join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id
          where c.workspace_id = ${workspaceId}::uuid group by 1 order by 2 desc, 1`,
      );
      expect(table.map(({ origin, leads, won }) => [origin, leads, won])).toEqual([
        ["organic search", 2296, 271],
        ["paid search", 1586, 195],
        ["social", 1350, 75],
        ["unknown", 1159, 193],
        ["direct traffic", 499, 56],
        ["email", 493, 15],
        ["referral", 284, 24],
        ["other", 150, 4],
        ["display", 118, 6],
        ["other publicities", 65, 3],
      ]);
      const facts = await databaseTransaction(workspaceId, async (db) => ({
        blank: await db.customer.count({ where: { workspaceId, origin: null } }),
        members: await db.member.count({ where: { workspaceId, externalId: { not: null } } }),
        both: await db.member.count({ where: { workspaceId, roles: { hasEvery: ["osc", "sales"] } } }),
        coverage: await db.journey.count({
          where: { workspaceId, oscId: crew.workspace.owner.memberId, status: "active" },
        }),
        clocked: await db.journey.count({ where: { workspaceId, nextDueAt: { not: null } } }),
      }));
      expect(facts).toEqual({ blank: 60, members: 41, both: 13, coverage: 7158, clocked: 0 });

      const undone = await undoFully(ctx, report.id);
      expect(undone.undo).toMatchObject({ removed: 8000, keptCount: 0, removedMembers: 41, keptMembers: 0 });
      const after = await dumpWorkspace(workspaceId, { except });
      expect(differences(before, after)).toEqual({});
    },
    300_000,
  );
});
