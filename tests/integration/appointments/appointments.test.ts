import { beforeAll, describe, expect, test } from "vitest";
import {
  cancelAppointment,
  confirmAppointment,
  rescheduleAppointment,
  setAppointment,
} from "@/lib/appointments/commands";
import { keepAppointment, missAppointment } from "@/lib/appointments/outcome";
import { listAppointments } from "@/lib/appointments/queries";
import { SetAppointment } from "@/lib/appointments/schema";
import { appointmentTasks } from "@/lib/appointments/tasks";
import { getHub } from "@/lib/hub/queries";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;
const inAnHour = 60;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
});

async function set(input: object = {}) {
  const { customerId, journeyId } = await team.customer();
  const ctx = await team.as(team.osc);
  const parsed = SetAppointment.parse({
    customerId,
    hostId: team.seller.memberId,
    startAt: later(inAnHour).toISOString(),
    timeZone: "America/New_York",
    place: "Cedar Ridge",
    asNext: true,
    name: "First visit",
    ...input,
  });
  const { id } = await team.run(() => setAppointment(ctx, parsed));
  return { id, customerId, journeyId };
}

const appointmentOf = async (id: string) => {
  const ctx = await team.worker(monday);
  return team.run(() => ctx.db.appointment.findFirstOrThrow({ where: { workspaceId: team.workspace.id, id } }));
};
const work = async (task: string, at: { id: string; journeyId: string }, now: Date) => {
  const ctx = await team.worker(now);
  const payload = { appointmentId: at.id, journeyId: at.journeyId };
  await team.run(() => appointmentTasks[task]?.(ctx, payload) ?? Promise.resolve());
};
const tasksOf = async (customerId: string) => {
  const ctx = await team.worker(monday);
  return team.run(() => ctx.db.task.findMany({ where: { workspaceId: team.workspace.id, customerId } }));
};
const hubOf = async (customerId: string, now: Date) => {
  const ctx = await team.as(team.osc, now);
  return team.run(() => getHub(ctx, customerId));
};

describe("an appointment", () => {
  test("is set with a host and becomes what is expected next", async () => {
    const { id, customerId } = await set();
    expect(await appointmentOf(id)).toMatchObject({ state: "set", setById: team.osc.memberId, leadAgeDays: 0 });
    const hub = await hubOf(customerId, later(1));
    expect(hub.next).toMatchObject({ name: "First visit", type: "appointment", dueAt: later(60).toISOString() });
    expect(hub.appointments).toHaveLength(1);
    expect(await team.told(team.seller)).toContain("appointment");
    expect(await team.happened(customerId)).toContain("appointment.set");
  });

  test("its host says that it took place: a contact on the timeline, and the expected touchpoint is completed", async () => {
    const { id, customerId } = await set();
    const host = await team.as(team.seller, later(130));
    await team.run(() => keepAppointment(host, { id, evidence: "Liked the corner lot" }));
    expect(await appointmentOf(id)).toMatchObject({ state: "kept", keptEvidence: "Liked the corner lot" });
    const hub = await hubOf(customerId, later(131));
    expect(hub.next).toBeNull();
    expect(hub.lastDone).toMatchObject({ name: "First visit", state: "completed" });
    expect(hub.touches[0]).toMatchObject({ isTwoWay: true, agentName: "Marcus Bell" });
    expect(await team.told(team.osc)).toContain("appointment_kept");
  });

  test("is not marked by the OSC who set it, nor before it began, nor by a bystander", async () => {
    const { id } = await set();
    const osc = await team.as(team.osc, later(130));
    await expect(team.run(() => keepAppointment(osc, { id }))).rejects.toMatchObject({ reason: "self_marking" });
    const early = await team.as(team.seller, later(30));
    await expect(team.run(() => keepAppointment(early, { id }))).rejects.toMatchObject({ reason: "not_yet" });
    const designer = await team.as(team.designer, later(130));
    await expect(team.run(() => missAppointment(designer, { id }))).rejects.toMatchObject({ code: "not_found" });
    const auditor = await team.as(team.seller, later(130), ["auditor"]);
    await expect(team.run(() => keepAppointment(auditor, { id }))).rejects.toMatchObject({ code: "forbidden" });
    expect(await appointmentOf(id)).toMatchObject({ state: "set" });
    const manager = await team.as(team.manager, later(130));
    await team.run(() => keepAppointment(manager, { id }));
    expect(await appointmentOf(id)).toMatchObject({ state: "kept", decidedById: team.manager.memberId });
  });

  test("nobody spoke about becomes one task of its host, settled by his word", async () => {
    const made = await set();
    await work("appointment.outcome", made, later(120));
    expect(await tasksOf(made.customerId)).toEqual([]);
    await Promise.all([work("appointment.outcome", made, later(240)), work("appointment.outcome", made, later(240))]);
    expect(await tasksOf(made.customerId)).toMatchObject([
      { kind: "unconfirmed_outcome", ownerId: team.seller.memberId, state: "open" },
    ]);
    const host = await team.as(team.seller, later(250));
    await team.run(() => missAppointment(host, { id: made.id }));
    expect(await tasksOf(made.customerId)).toMatchObject([{ state: "done" }]);
  });

  test("missed and not rebooked in a day opens T5; another time closes it", async () => {
    const made = await set();
    const host = await team.as(team.seller, later(130));
    await team.run(() => missAppointment(host, { id: made.id }));
    expect((await hubOf(made.customerId, later(131))).next).toBeNull();
    await work("appointment.no_show", made, later(130 + 24 * 60));
    expect(await team.offTrack(made.customerId)).toEqual(["T5"]);
    const osc = await team.as(team.osc, later(25 * 60 + 200));
    const startAt = later(3 * 24 * 60);
    const { id } = await team.run(() => rescheduleAppointment(osc, { id: made.id, startAt }));
    expect(await team.offTrack(made.customerId)).toEqual([]);
    expect(await appointmentOf(made.id)).toMatchObject({ state: "no_show", successorId: id });
    expect((await hubOf(made.customerId, later(2000))).next).toMatchObject({ dueAt: startAt.toISOString() });
  });

  test("missed but rebooked within the day never goes off track", async () => {
    const made = await set();
    const host = await team.as(team.seller, later(130));
    await team.run(() => missAppointment(host, { id: made.id }));
    const osc = await team.as(team.osc, later(200));
    const input = { customerId: made.customerId, hostId: team.seller.memberId, timeZone: "UTC" };
    const startAt = later(5000).toISOString();
    await team.run(() => setAppointment(osc, SetAppointment.parse({ ...input, startAt })));
    await work("appointment.no_show", made, later(130 + 24 * 60));
    expect(await team.offTrack(made.customerId)).toEqual([]);
  });

  test("moved counts once: the old one points to its successor, the expected touchpoint moves along", async () => {
    const { id, customerId } = await set();
    const osc = await team.as(team.osc, later(10));
    await team.run(() => confirmAppointment(osc, { id }));
    const moved = await team.run(() => rescheduleAppointment(osc, { id, startAt: later(300) }));
    expect(await appointmentOf(id)).toMatchObject({ state: "rescheduled", successorId: moved.id });
    expect(await appointmentOf(moved.id)).toMatchObject({ state: "set", setById: team.osc.memberId });
    expect((await hubOf(customerId, later(11))).next).toMatchObject({
      name: "First visit",
      dueAt: later(300).toISOString(),
    });
    const chain = await team.run(() => listAppointments(osc, { customerId }));
    expect(chain.filter(({ state }) => state !== "rescheduled")).toHaveLength(1);
    await expect(team.run(() => rescheduleAppointment(osc, { id, startAt: later(400) }))).rejects.toMatchObject({
      reason: "appointment_closed",
    });
  });

  test("called off leaves nothing expected, and its host is told", async () => {
    const { id, customerId } = await set();
    const osc = await team.as(team.osc, later(10));
    await team.run(() => cancelAppointment(osc, { id, reason: "ill" }));
    expect(await appointmentOf(id)).toMatchObject({ state: "cancelled" });
    expect((await hubOf(customerId, later(11))).next).toBeNull();
    expect(await team.told(team.seller)).toContain("appointment_cancelled");
  });

  test("in the past, or in a zone nobody knows, is refused", async () => {
    await expect(set({ startAt: later(-1).toISOString() })).rejects.toMatchObject({ reason: "in_the_past" });
    const parsed = SetAppointment.safeParse({
      customerId: team.osc.memberId,
      hostId: team.osc.memberId,
      startAt: later(5).toISOString(),
      timeZone: "Middle/Earth",
    });
    expect(parsed.success).toBe(false);
  });

  test("is not found from another workspace, nor hosted by one of its people", async () => {
    const { id, customerId } = await set();
    const stranger = await other.as(other.manager, later(130));
    await expect(other.run(() => keepAppointment(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => cancelAppointment(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => listAppointments(stranger, { customerId }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(set({ hostId: other.seller.memberId })).rejects.toMatchObject({ code: "not_found" });
  });
});
