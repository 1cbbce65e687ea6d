import { describe, expect, test } from "vitest";
import { updateCustomer } from "@/lib/customers/commands";
import { databaseTransaction } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { reassignOsc } from "@/lib/journeys/osc";
import { getSpeedToLeadReport } from "@/lib/reports/queries";
import { getSpeedPage, getSpeedStudy } from "@/lib/speed/queries";
import { SpeedRows } from "@/lib/speed/schema";
import { makeMember } from "../../support/factories";
import { wrongLeads } from "../../support/leads";
import { later, monday, Team } from "../../support/owed";

const day = 24 * 60;

/** A customer who is called after so many minutes and has an appointment after so many days. */
async function lead(team: Team, name: string, minutes: number | null, bookedAfter: number | null): Promise<void> {
  const { customerId, journeyId } = await team.customer(name);
  if (minutes !== null)
    await team.run(async () => {
      const call = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, next: "none" };
      await logInteraction(await team.as(team.osc, later(minutes)), LogInteraction.parse(call));
    });
  if (bookedAfter === null) return;
  const at = later(bookedAfter * day + 60);
  await databaseTransaction(team.workspace.id, (db) =>
    db.appointment.create({
      data: {
        ...{ workspaceId: team.workspace.id, id: newId(), customerId, journeyId, timeZone: "UTC", setAt: at },
        ...{ hostId: team.seller.memberId, setById: team.osc.memberId, startAt: new Date(at.getTime() + day * 60_000) },
      },
    }),
  );
}

describe("speed to lead", () => {
  test("by hour and beside appointments, every number with the leads behind it", async () => {
    const team = await Team.make();
    await lead(team, "Ada One", 3, 2);
    await lead(team, "Bo Two", 4, null);
    await lead(team, "Cy Three", 200, 40);
    await lead(team, "Di Four", null, null);
    const manager = await team.as(team.manager, later(45 * day));
    const study = await team.run(() => getSpeedStudy(manager));
    expect(study.curve).toMatchObject({ judged: 4, immature: 0, bookedFirst: 0, horizonDays: 30 });
    const shares = study.curve.bins.filter(({ booked }) => booked.n > 0);
    expect(shares.map(({ bin, booked }) => [bin, booked.k, booked.n])).toEqual([
      ["5", 1, 2],
      ["240", 0, 1],
      ["none", 0, 1],
    ]);
    expect(study.byHour.map(({ hour, met }) => [hour, met.k, met.n])).toEqual([[monday.getUTCHours(), 2, 4]]);
    // The numbers that stood before are the same ones.
    expect(study.speed).toEqual(await team.run(() => getSpeedToLeadReport(manager)));
    expect(await wrongLeads(team.workspace.id)).toEqual([]);
    const names = async (asked: object) => {
      const { behind } = await team.run(() => getSpeedPage(manager, SpeedRows.parse(asked)));
      return behind?.rows.map(({ name }) => name).sort();
    };
    expect(await names({ state: "booked", bin: "5" })).toEqual(["Ada One"]);
    expect(await names({ state: "not_booked" })).toEqual(["Bo Two", "Cy Three", "Di Four"]);
    expect(await names({ state: "missed", hour: "10" })).toEqual(["Cy Three", "Di Four"]);
    expect(await names({ state: "due", osc: team.seller.memberId })).toEqual([]);
  });

  test("an answer written late takes its place, and what is kept of a lead follows whatever changes about her", async () => {
    const team = await Team.make();
    const { customerId } = await team.customer("Eve Five");
    const osc = await team.as(team.osc, later(60));
    const call = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, next: "none" };
    await team.run(() => logInteraction(osc, LogInteraction.parse({ ...call, startedAt: later(50).toISOString() })));
    await team.run(() => logInteraction(osc, LogInteraction.parse({ ...call, startedAt: later(12).toISOString() })));
    const manager = await team.as(team.manager, later(90));
    const report = () => team.run(() => getSpeedToLeadReport(manager));
    expect((await report()).overall).toMatchObject({ medianElapsedMinutes: 12 });
    const where = { workspaceId: team.workspace.id, action: "interaction.logged" };
    const [first, second] = await team.run(() => osc.db.auditEntry.findMany({ where, orderBy: { seq: "asc" } }));
    expect(first?.detail).not.toHaveProperty("corrected");
    expect(second?.detail).toMatchObject({ corrected: { firstResponseAt: later(50).toISOString() } });

    const other = await makeMember(team.workspace, { name: "Ola Other" });
    await team.run(async () => {
      await updateCustomer(osc, { id: customerId, version: 1, origin: " fair " });
      await reassignOsc(manager, { customerId, memberId: other.memberId, reason: "load" });
    });
    expect(await wrongLeads(team.workspace.id)).toEqual([]);
    const { byOsc, byOrigin } = await report();
    expect(byOrigin.map(({ origin }) => origin)).toEqual(["fair"]);
    expect(byOsc.map(({ name }) => name)).toEqual(["Dana Whitlock"]);
  });

  test("has no shares where nobody came, judges nobody too early, and is for who leads", async () => {
    const team = await Team.make();
    const manager = await team.as(team.manager, later(day));
    const empty = await team.run(() => getSpeedStudy(manager));
    expect(empty).toMatchObject({ byHour: [], curve: { judged: 0 }, speed: { leads: 0 } });
    await lead(team, "Ada One", 3, null);
    expect((await team.run(() => getSpeedStudy(manager))).curve).toMatchObject({ judged: 0, immature: 1 });
    await expect(team.run(async () => getSpeedStudy(await team.as(team.osc)))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
