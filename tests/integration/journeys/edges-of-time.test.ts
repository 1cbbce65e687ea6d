import { describe, expect, test } from "vitest";
import { databaseTransaction } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { setNextTouchpoint } from "@/lib/journeys/commands";
import { SetNext } from "@/lib/journeys/schema";
import { getContactPage } from "@/lib/links/queries";
import { makePromise } from "@/lib/promises/commands";
import { instantOf } from "@/lib/reports/analyses";
import { Team } from "../../support/owed";

/** A Thursday afternoon in Jerusalem, where Friday and Saturday are days of rest. */
const thursday = new Date("2026-03-05T14:00:00Z");
const nineToSix = [[540, 1080]];
const sundayToThursday = Object.fromEntries([0, 1, 2, 3, 4].map((day) => [day, nineToSix]));

/** Gives Dana a calendar of her own. */
async function giveCalendar(team: Team): Promise<string> {
  const { id: workspaceId } = team.workspace;
  const id = newId();
  await databaseTransaction(workspaceId, async (db) => {
    await db.calendar.create({
      data: { workspaceId, id, name: "Jerusalem", timeZone: "Asia/Jerusalem", hours: sundayToThursday, holidays: [] },
    });
    await db.member.updateMany({ where: { workspaceId, id: team.osc.memberId }, data: { calendarId: id } });
  });
  return id;
}

/** Expects something a business day from now; when it is due. */
async function expectNext(team: Team, customerId: string, now: Date, timeZone = "UTC"): Promise<string | undefined> {
  const next = SetNext.parse({ customerId, next: { name: "Call back", due: { unit: "business_days", amount: 1 } } });
  return team.run(async () => {
    const ctx = { ...(await team.as(team.osc, now)), timeZone };
    await setNextTouchpoint(ctx, next);
    const { workspaceId } = ctx;
    const found = await ctx.db.touchpoint.findFirst({ where: { workspaceId, customerId, state: "due" } });
    return found?.dueAt?.toISOString();
  });
}

describe("dates at the edges of calendars", () => {
  test("what is due is counted in the calendar of who is responsible, not in the workspace's", async () => {
    const team = await Team.make();
    const { customerId } = await team.customer();
    expect(await expectNext(team, customerId, thursday)).toBe("2026-03-06T14:00:00.000Z");
    await giveCalendar(team);
    expect(await expectNext(team, customerId, thursday)).toBe("2026-03-08T14:00:00.000Z");
    // Wherever she travels meanwhile: her calendar stays that of the place she works for.
    for (const zone of ["Asia/Tokyo", "Pacific/Honolulu"])
      expect(await expectNext(team, customerId, thursday, zone)).toBe("2026-03-08T14:00:00.000Z");
  });

  test("a holiday added later and another time zone move no date that was given, only those to come", async () => {
    const team = await Team.make();
    const { customerId } = await team.customer();
    const calendarId = await giveCalendar(team);
    const due = await expectNext(team, customerId, thursday);
    const promised = new Date("2026-03-08T14:00:00Z");
    const dates = () =>
      databaseTransaction(team.workspace.id, async (db) => {
        const where = { workspaceId: team.workspace.id, customerId };
        const [next, promise] = await Promise.all([
          db.touchpoint.findFirst({ where: { ...where, state: "due" } }),
          db.customerPromise.findFirst({ where }),
        ]);
        return [next?.dueAt?.toISOString(), promise?.dueAt.toISOString()];
      });
    await team.run(async () =>
      makePromise(await team.as(team.osc, thursday), { customerId, text: "The samples", dueAt: promised }),
    );
    await databaseTransaction(team.workspace.id, async (db) => {
      const where = { workspaceId: team.workspace.id, id: calendarId };
      await db.calendar.updateMany({ where, data: { holidays: ["2026-03-08"] } });
    });
    expect(await dates()).toEqual([due, promised.toISOString()]);
    expect(await expectNext(team, customerId, thursday)).toBe("2026-03-09T14:00:00.000Z");
    await databaseTransaction(team.workspace.id, async (db) => {
      const where = { workspaceId: team.workspace.id, id: calendarId };
      await db.calendar.updateMany({ where, data: { timeZone: "America/New_York", holidays: [] } });
    });
    expect(await dates()).toEqual(["2026-03-09T14:00:00.000Z", promised.toISOString()]);
    // New York's clocks go forward on that Sunday: the wall keeps nine o'clock, and the instant is an hour earlier.
    expect(await expectNext(team, customerId, thursday)).toBe("2026-03-08T13:00:00.000Z");
  });

  test("the customer reads times of her own zone, and a report's day ends where the workspace is, wherever its reader travels", async () => {
    const team = await Team.make();
    const { customerId } = await team.customer();
    const { id: workspaceId } = team.workspace;
    await databaseTransaction(workspaceId, async (db) => {
      await db.customer.updateMany({ where: { workspaceId, id: customerId }, data: { timeZone: "Pacific/Auckland" } });
      await db.workspace.updateMany({ where: { id: workspaceId }, data: { timeZone: "America/New_York" } });
    });
    const page = await team.run(async () => getContactPage(await team.worker(thursday), customerId));
    expect(page.timeZone).toBe("Pacific/Auckland");
    const manager = await team.as(team.manager, thursday);
    for (const timeZone of ["America/New_York", "Asia/Tokyo", "Pacific/Honolulu"]) {
      const ends = await team.run(() => instantOf({ ...manager, timeZone }, "2026-03-04"));
      expect(ends.toISOString()).toBe("2026-03-05T04:59:59.999Z");
    }
  });
});
