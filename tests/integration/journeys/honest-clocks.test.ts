import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney, setJourneyFields } from "@/lib/journeys/commands";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { getSpeedToLeadReport } from "@/lib/reports/queries";
import { later, Team } from "../../support/owed";

type Deed = (ctx: Context, customerId: string) => Promise<unknown>;

const contact = (customerId: string, rest: object) =>
  LogInteraction.parse({ customerId, medium: "email", direction: "outbound", isTwoWay: false, next: "none", ...rest });

/** Stage after stage until the journey is won. */
async function win(ctx: Context, customerId: string): Promise<void> {
  const { workspaceId } = ctx;
  const { templateId, stageId } = await ctx.db.journey.findFirstOrThrow({ where: { workspaceId, customerId } });
  const stages = await ctx.db.stage.findMany({ where: { workspaceId, templateId }, orderBy: { position: "asc" } });
  const won = stages.findIndex(({ entryStatus }) => entryStatus === "won");
  for (const stage of stages.slice(stages.findIndex(({ id }) => id === stageId) + 1, won + 1)) {
    const fields = Object.fromEntries(
      stages.flatMap(({ requiredFields }) => requiredFields.map((key) => [key, "yes"])),
    );
    await moveJourney(ctx, { customerId, toStageId: stage.id, need: "a home", fields });
  }
}

const deeds: [name: string, deed: Deed][] = [
  ["an automatic reply", (ctx, customerId) => logInteraction(ctx, contact(customerId, { isAutomated: true }))],
  [
    "an internal note",
    (ctx, customerId) => logInteraction(ctx, contact(customerId, { medium: "note", direction: "internal" })),
  ],
  [
    "an edited status",
    async (ctx, customerId) => {
      await setJourneyFields(ctx, { customerId, fields: { budget: "500" } });
      await holdJourney(ctx, { customerId, until: later(600) });
      await resumeJourney({ ...ctx, now: later(22) }, { customerId });
    },
  ],
  ["a conversion", win],
];

test("a contact from a clock that is off is kept, flagged once and audited; what lies in the future is refused", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const osc = await team.as(team.osc, later(60));
  const send = (rest: object) => team.run(() => logInteraction(osc, contact(customerId, { isTwoWay: true, ...rest })));
  const flag = () =>
    team.run(async () => (await osc.db.customer.findFirstOrThrow({ where: { ...of, id: customerId } })).flag);
  const of = { workspaceId: team.workspace.id };
  await send({ sentAt: later(64).toISOString() });
  expect(await flag()).toBeNull();
  await send({ sentAt: later(48).toISOString() });
  expect(await flag()).toBe("clock_skew");
  const where = { ...of, action: "interaction.logged" };
  const [right, wrong] = await team.run(() => osc.db.auditEntry.findMany({ where, orderBy: { seq: "asc" } }));
  expect(right?.detail).not.toHaveProperty("skewMinutes");
  expect(wrong?.detail).toMatchObject({ skewMinutes: -12 });
  const ahead = later(72).toISOString();
  await expect(send({ sentAt: ahead, startedAt: ahead })).rejects.toMatchObject({ reason: "in_the_future" });
});

describe("what stops no clock", () => {
  for (const [name, deed] of deeds)
    test(`${name} is no answer: the lead waits on, and counts as late`, async () => {
      const team = await Team.make();
      const { customerId, journeyId } = await team.customer();
      const journeyNow = async () => {
        const worker = await team.worker(later(60));
        const where = { workspaceId: team.workspace.id, id: journeyId };
        return team.run(() => worker.db.journey.findFirstOrThrow({ where }));
      };
      const speed = async () => {
        const manager = await team.as(team.manager, later(60));
        return (await team.run(() => getSpeedToLeadReport(manager))).overall;
      };
      await team.run(async () => {
        const inbound = contact(customerId, { direction: "inbound" });
        await logInteraction(await team.as(team.osc, later(10)), inbound);
        await deed(await team.as(team.osc, later(20)), customerId);
      });
      expect(await journeyNow()).toMatchObject({ firstResponseAt: null, unansweredSince: later(10) });
      expect(await speed()).toMatchObject({ met: { k: 0, n: 1 }, medianStaffedMinutes: null });
      await team.run(async () => {
        const call = contact(customerId, { medium: "phone", isTwoWay: true });
        await logInteraction(await team.as(team.osc, later(45)), call);
      });
      expect(await journeyNow()).toMatchObject({ firstResponseAt: later(45), unansweredSince: null });
      expect(await speed()).toMatchObject({ medianStaffedMinutes: 45 });
    });
});
