import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { getTimeline } from "@/lib/hub/timeline";
import { getInbox } from "@/lib/inbox/queries";
import { loseJourney } from "@/lib/journeys/endings";
import { acknowledgeRelay, answerRelay, declineRelay, sendRelay } from "@/lib/relays/commands";
import { SendRelay } from "@/lib/relays/schema";
import { relayTasks } from "@/lib/relays/tasks";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;
let designId: string;
let hubId: string;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
  designId = await team.spokeId("design");
  hubId = await team.spokeId("osc");
});

async function ask(question = "Can the island outlet still move?", toId?: string) {
  const { customerId, journeyId } = await team.customer();
  const ctx = await team.as(team.osc);
  const input = SendRelay.parse({ customerId, toSpokeId: designId, question, ...(toId ? { toId } : {}) });
  const { id } = await team.run(() => sendRelay(ctx, input));
  return { id, customerId, journeyId };
}

const relayOf = async (id: string) => {
  const ctx = await team.as(team.osc);
  return team.run(() => ctx.db.relay.findFirstOrThrow({ where: { workspaceId: team.workspace.id, id } }));
};
const escalate = async (id: string, level: number, now: Date) => {
  const ctx = await team.worker(now);
  await team.run(() => relayTasks["relay.escalate"]?.(ctx, { relayId: id, level }) ?? Promise.resolve());
};

describe("asking a department", () => {
  test("the question arrives with a clock of four staffed hours, and its people are told", async () => {
    const { id, customerId } = await ask();
    expect(await relayOf(id)).toMatchObject({ state: "sent", needBy: later(240), escalation: 0 });
    expect(await team.happened(customerId)).toContain("relay.sent");
    expect(await team.told(team.designer)).toContain("relay");
  });

  test("the answer lands on the timeline and the OSC is told", async () => {
    const { id, customerId } = await ask();
    const designer = await team.as(team.designer, later(30));
    await team.run(() => acknowledgeRelay(designer, { id }));
    await team.run(() => answerRelay(designer, { id, answer: "Yes, until Friday." }));
    expect(await relayOf(id)).toMatchObject({ state: "done", answer: "Yes, until Friday.", closedAt: later(30) });
    const osc = await team.as(team.osc, later(60));
    const { items } = await team.run(() => getTimeline(osc, { customerId, kind: "all" }));
    expect(items[0]).toMatchObject({ kind: "relay", at: later(30).toISOString() });
    expect(items[0]?.params).toMatchObject({ answer: "Yes, until Friday.", answeredBy: "Noa Feldman" });
    expect((await team.told(team.osc)).filter((kind) => kind === "relay_done")).toHaveLength(1);
    expect((await team.told(team.designer)).filter((kind) => kind === "relay_done")).toHaveLength(0);
  });

  test("a declined question says why", async () => {
    const { id } = await ask();
    const designer = await team.as(team.designer, later(5));
    await team.run(() => declineRelay(designer, { id, reason: "That is for the electrician." }));
    expect(await relayOf(id)).toMatchObject({ state: "declined", declineReason: "That is for the electrician." });
    await expect(team.run(() => answerRelay(designer, { id, answer: "Well, yes." }))).rejects.toMatchObject({
      reason: "relay_closed",
    });
    expect(await relayOf(id)).toMatchObject({ state: "declined", answer: null });
  });

  test("a department asks the hub, not another department", async () => {
    const { customerId } = await ask();
    const ctx = await team.as(team.designer);
    const salesId = await team.spokeId("sales");
    await expect(
      team.run(() => sendRelay(ctx, SendRelay.parse({ customerId, toSpokeId: salesId, question: "Price?" }))),
    ).rejects.toMatchObject({ reason: "hub_only" });
    await team.run(() => sendRelay(ctx, SendRelay.parse({ customerId, toSpokeId: hubId, question: "Who pays?" })));
    expect(await team.told(team.osc)).toContain("relay");
  });

  test("a role without the right to write sends nothing", async () => {
    const { customerId } = await team.customer();
    const ctx = await team.as(team.osc, monday, ["auditor"]);
    await expect(
      team.run(() => sendRelay(ctx, SendRelay.parse({ customerId, toSpokeId: designId, question: "?" }))),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("whoever asked does not answer himself, a stranger does not see it", async () => {
    const { id } = await ask();
    const osc = await team.as(team.osc);
    await expect(team.run(() => answerRelay(osc, { id, answer: "Yes." }))).rejects.toMatchObject({ code: "forbidden" });
    const seller = await team.as(team.seller);
    await expect(team.run(() => answerRelay(seller, { id, answer: "Yes." }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("another workspace finds neither the customer, nor the department, nor the relay", async () => {
    const { id, customerId } = await ask();
    const stranger = await other.as(other.osc);
    const manager = await other.as(other.manager);
    const theirs = await other.customer();
    const send = (input: object) =>
      other.run(() => sendRelay(stranger, SendRelay.parse({ question: "?", toSpokeId: designId, ...input })));
    await expect(send({ customerId })).rejects.toMatchObject({ code: "not_found" });
    await expect(send({ customerId: theirs.customerId })).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => answerRelay(manager, { id, answer: "Hm." }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("an older version is a conflict that shows what stands now", async () => {
    const { id } = await ask();
    const designer = await team.as(team.designer, later(5));
    await team.run(() => acknowledgeRelay(designer, { id, version: 1 }));
    await expect(team.run(() => answerRelay(designer, { id, version: 1, answer: "Yes." }))).rejects.toMatchObject({
      code: "conflict",
      details: { current: { state: "acked", version: 2 } },
    });
  });
});

describe("an unanswered question", () => {
  test("climbs the ladder once per step, whoever runs the job", async () => {
    const { id } = await ask("Where is the sample?", team.designer.memberId);
    const before = (await team.told(team.designer)).length;
    await Promise.all([escalate(id, 1, later(240)), escalate(id, 1, later(240)), escalate(id, 1, later(240))]);
    expect(await team.told(team.designer)).toHaveLength(before + 1);
    await escalate(id, 2, later(300));
    expect(await team.told(team.osc)).toContain("relay_late");
    await escalate(id, 3, later(360));
    await escalate(id, 4, later(480));
    expect(await team.told(team.manager)).toContain("relay_late");
    expect(await relayOf(id)).toMatchObject({ escalation: 4, state: "sent" });
    await escalate(id, 2, later(481));
    expect(await relayOf(id)).toMatchObject({ escalation: 4 });
  });

  test("that was answered in time climbs no further", async () => {
    const { id } = await ask();
    const designer = await team.as(team.designer, later(10));
    await team.run(() => answerRelay(designer, { id, answer: "Yes." }));
    await escalate(id, 1, later(240));
    expect(await relayOf(id)).toMatchObject({ escalation: 0, state: "done" });
  });

  test("expires with the circle", async () => {
    const { id, customerId, journeyId } = await ask();
    const ctx = await team.as(team.osc, later(20));
    await team.run(() => loseJourney(ctx, { customerId, lostReason: "timing", byCustomer: true }));
    const worker = await team.worker(later(21));
    await team.run(() => relayTasks["relay.expire"]?.(worker, { journeyId }) ?? Promise.resolve());
    expect(await relayOf(id)).toMatchObject({ state: "expired" });
    expect(await team.happened(customerId)).toContain("relay.expired");
  });
});

describe("the inbox of a department", () => {
  test("shows the question to its people and to the OSC, not to others", async () => {
    const { id } = await ask("For the inbox");
    const designer = await team.as(team.designer, later(1));
    const mine = await team.run(() => getInbox(designer, { mine: "0" }));
    expect(mine.spoke.key).toBe("design");
    expect(mine.spokes).toHaveLength(1);
    expect(mine.items.find((item) => item.id === id)).toMatchObject({
      kind: "relay",
      fromName: "Dana Whitlock",
      canOpen: true,
    });
    const osc = await team.as(team.osc, later(1));
    const looked = await team.run(() => getInbox(osc, { spoke: "design", mine: "0" }));
    expect(looked.spokes.length).toBeGreaterThan(5);
    expect(looked.items.map((item) => item.id)).toContain(id);
    const seller = await team.as(team.seller, later(1));
    await expect(team.run(() => getInbox(seller, { spoke: "design", mine: "0" }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test("whatever two people do to relays at once, every relay stays in a legal state with its history", async () => {
  const second = await makeMember(team.workspace, { name: "Ned Design", roles: ["design"], spoke: "design" });
  const step = fc.record({
    who: fc.constantFrom("noa", "ned"),
    what: fc.constantFrom("ack", "answer", "decline", "climb"),
    together: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 34 }), async (steps) => {
      const { id, customerId } = await ask();
      const act = async ({ who, what }: { who: string; what: string }, minute: number) => {
        const ctx = await team.as(who === "noa" ? team.designer : second, later(minute));
        const does =
          {
            ack: () => acknowledgeRelay(ctx, { id }),
            answer: () => answerRelay(ctx, { id, answer: `answer of ${who}` }),
            decline: () => declineRelay(ctx, { id, reason: `not ${who}` }),
            climb: () => escalate(id, 1 + (minute % 4), later(240 + minute)),
          }[what] ?? (() => Promise.resolve());
        await team.run(does).catch((error: { code?: string }) => {
          if (error.code !== "refused") throw error;
        });
      };
      for (const [index, each] of steps.entries()) {
        await (each.together ? Promise.all([act(each, index), act({ ...each, who: "ned" }, index)]) : act(each, index));
      }
      const relay = await relayOf(id);
      const happened = (await team.happened(customerId)).filter((type) => type.startsWith("relay."));
      const ends = happened.filter((type) => type === "relay.answered" || type === "relay.declined");
      expect(ends.length).toBe(relay.state === "done" || relay.state === "declined" ? 1 : 0);
      expect(relay.closedAt === null).toBe(ends.length === 0);
      expect(relay.answer === null).toBe(relay.state !== "done");
      expect(happened.filter((type) => type === "relay.acked").length).toBeLessThanOrEqual(1);
      expect(relay.version).toBe(happened.length);
    }),
    { numRuns: 6 },
  );
});
