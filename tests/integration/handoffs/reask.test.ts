import { beforeAll, expect, test } from "vitest";
import { getHandoff, getPacket } from "@/lib/handoffs/queries";
import { markReasked } from "@/lib/handoffs/reask";
import { acceptHandoff, rateHandoff } from "@/lib/handoffs/receive";
import { MarkReasked } from "@/lib/handoffs/schema";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

let house: HandoffTeam;

beforeAll(async () => {
  house = await HandoffTeam.make();
});

/** A handoff that design has; completed by a talk when that is wanted. */
async function taken(isCompleted = true) {
  const { customerId } = await house.customer();
  const id = await house.propose(customerId);
  const ctx = await house.team.as(house.team.designer, later(60));
  await house.team.run(() => acceptHandoff(ctx, { id }));
  const talk = LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true });
  if (isCompleted) await house.team.run(() => logInteraction(ctx, talk));
  return { customerId, id, ctx };
}

const ask = (id: string, key: string, question = "") => MarkReasked.parse({ id, key, question });

test("what was asked again counts against what the customer did not have to repeat, whatever the rating says", async () => {
  const { customerId, id, ctx } = await taken();
  await house.team.run(() => markReasked(ctx, ask(id, "goals", "By when do you need it?")));
  const { quality } = await house.team.run(() => rateHandoff(ctx, { id, rating: 4, hadToRepeat: false }));
  const { completeness, hadToRepeat } = await house.handoff(id);
  expect(hadToRepeat).toBe(true);
  // .40 completeness + .20 on time + .20 first pass + .10 of the rating + nothing for repeating.
  expect(quality).toBeCloseTo(0.4 * (completeness ?? 0) + 0.2 + 0.2 + 0.1 * 0.75, 12);
  const found = await house.team.run(() => getHandoff(ctx, { id }));
  expect(found.reasks).toMatchObject([{ key: "goals", question: "By when do you need it?", byName: "Noa Feldman" }]);
  const osc = await house.team.as(house.team.osc, later(61));
  const { packet } = await house.team.run(() => getPacket(osc, { customerId }));
  expect(packet.items.filter(({ reasked }) => reasked > 0).map(({ key, reasked }) => [key, reasked])).toEqual([
    ["goals", 1],
  ]);
  expect(await house.team.happened(customerId)).toEqual(
    expect.arrayContaining(["packet.reasked", "journey.off_track"]),
  );
});

test("marking it after the rating takes the tenth back", async () => {
  const { id, ctx } = await taken();
  const before = await house.team.run(() => rateHandoff(ctx, { id, rating: 5, hadToRepeat: false }));
  await house.team.run(() => markReasked(ctx, ask(id, "scope")));
  const after = await house.handoff(id);
  expect(before.quality - (after.quality ?? 0)).toBeCloseTo(0.1, 12);
  expect(after).toMatchObject({ state: "rated", hadToRepeat: true, rating: 5 });
});

test("is refused for what the packet does not answer, before it was taken, and to anybody but the receivers", async () => {
  const { id, ctx } = await taken(false);
  const mark = (by = ctx, key = "goals") => house.team.run(() => markReasked(by, ask(id, key)));
  await expect(mark(ctx, "risks")).rejects.toMatchObject({
    reason: "packet_silent",
    details: { fields: { key: "packet_silent" } },
  });
  const sender = await house.team.as(house.closer, later(70));
  await expect(mark(sender)).rejects.toMatchObject({ reason: "own_handoff" });
  await expect(mark(await house.team.as(house.team.osc, later(70)))).rejects.toMatchObject({ code: "forbidden" });
  await expect(house.team.run(() => markReasked(ctx, { ...ask(id, "goals"), version: 1 }))).rejects.toMatchObject({
    code: "conflict",
  });
  await mark();
  const { customerId } = await house.customer();
  const open = await house.propose(customerId);
  await expect(house.team.run(() => markReasked(ctx, ask(open, "goals")))).rejects.toMatchObject({
    reason: "handoff_state",
  });
});
