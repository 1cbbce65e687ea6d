import { describe, expect, test } from "vitest";
import { can, canAs } from "@/lib/auth/permissions";
import { type CountedItem, completenessOf, countedItems, isPresent, packetKeys } from "@/lib/handoffs/packet";
import {
  acceptDue,
  firstTouchDue,
  isFirstTouch,
  isOnTime,
  planItem,
  planPropose,
  planReceiver,
  planSender,
  planState,
  qualityOf,
} from "@/lib/handoffs/rules";
import { handoffStates } from "@/lib/handoffs/schema";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const item = (weight: number, isPresent: boolean | null, isMandatory = false): CountedItem => ({
  key: `${weight}`,
  weight,
  isPresent,
  isMandatory,
});

describe("how complete a packet is (F61)", () => {
  test("is the weighted share of what applies, and the gate asks for what is mandatory", () => {
    const items = [
      item(3, true, true),
      item(2, true, true),
      item(3, true, true),
      { ...item(3, false, true), key: "promises" },
      item(2, true),
      item(2, true),
      item(1, false),
      item(1, null),
    ];
    expect(completenessOf(items)).toEqual({ completeness: 0.75, missing: ["promises"] });
    expect(completenessOf([])).toEqual({ completeness: 1, missing: [] });
  });
  fixtureTest<Record<string, [string, number, 0 | 1 | null, 0 | 1][]>, { completeness: number; gate_pass: boolean }>(
    "F61_packet_completeness",
    (given, expected) => {
      const items = Object.values(given)
        .flat()
        .map(([key, weight, present, mandatory]) => {
          return { key, weight, isPresent: present === null ? null : present === 1, isMandatory: mandatory === 1 };
        });
      const { completeness, missing } = completenessOf(items);
      expect({ completeness: toFourDecimals(completeness), gate_pass: missing.length === 0 }).toEqual(expected);
    },
  );
  test("promises are there with one promise or with the word that none were made", () => {
    const promises = { key: "promises" as const, text: "", isApplicable: true, known: [] as string[] };
    expect(isPresent(promises)).toBe(false);
    expect(isPresent({ ...promises, known: ["Oak floor"] })).toBe(true);
    expect(isPresent({ ...promises, isApplicable: false })).toBe(true);
  });
  test("other mandatory items always apply, the rest may not", () => {
    expect(isPresent({ key: "goals", text: "", isApplicable: false, known: [] })).toBe(false);
    expect(isPresent({ key: "billing", text: "", isApplicable: false, known: [] })).toBe(null);
    expect(planItem("goals", false).ok).toBe(false);
    expect([planItem("promises", false).ok, planItem("billing", false).ok]).toEqual([true, true]);
    const counted = countedItems(packetKeys.map((key) => ({ key, text: "", isApplicable: true, known: [] })));
    expect(completenessOf(counted)).toEqual({
      completeness: 0,
      missing: ["goals", "stakeholders", "scope", "promises"],
    });
  });
});

describe("how good a handoff was (F62)", () => {
  test("weighs completeness, time, first pass, rating and repeating", () => {
    const facts = { completeness: 0.75, isOnTime: true, isFirstPass: false, rating: 4, hadToRepeat: false };
    expect(qualityOf(facts)).toBeCloseTo(0.675, 10);
    expect(qualityOf({ ...facts, completeness: 1 })).toBeCloseTo(0.775, 10);
    expect(qualityOf({ ...facts, rating: null })).toBeCloseTo((0.3 + 0.2 + 0.1) / 0.9, 10);
    expect(qualityOf({ ...facts, rating: null, hadToRepeat: null })).toBeCloseTo((0.3 + 0.2) / 0.8, 10);
  });
  fixtureTest<Record<string, number>, number>("F62_handoff_quality", (given, expected) => {
    const quality = qualityOf({
      completeness: given.completeness ?? Number.NaN,
      isOnTime: given.on_time === 1,
      isFirstPass: given.first_pass_accepted === 1,
      rating: given.receiver_rating_1_5 ?? null,
      hadToRepeat: given.customer_did_not_repeat !== 1,
    });
    expect(toFourDecimals(quality)).toBe(expected);
  });
});

describe("the states of a handoff", () => {
  test("lead only where the domain says", () => {
    const ways = handoffStates.flatMap((from) =>
      handoffStates.filter((to) => planState(from, to).ok).map((to) => `${from}>${to}`),
    );
    expect(ways).toEqual([
      "draft>proposed",
      "draft>cancelled",
      "proposed>accepted",
      "proposed>rejected",
      "proposed>expired",
      "proposed>cancelled",
      "accepted>completed",
      "accepted>cancelled",
      "rejected>proposed",
      "rejected>cancelled",
      "expired>proposed",
      "expired>cancelled",
      "completed>rated",
    ]);
  });
  test("a proposal names every mandatory item that is missing, by field", () => {
    const journey = { status: "active", accountableSpokeId: "a" };
    expect(planPropose(journey, { fromSpokeId: "a" }, ["goals", "scope"])).toMatchObject({
      reason: "packet_incomplete",
      details: { fields: { "packet.goals": "required", "packet.scope": "required" } },
    });
    expect(planPropose(journey, { fromSpokeId: "b" }, [])).toMatchObject({ reason: "not_accountable" });
    expect(planPropose({ ...journey, status: "lost" }, { fromSpokeId: "a" }, [])).toMatchObject({
      reason: "journey_closed",
    });
    expect(planPropose(journey, { fromSpokeId: "a" }, []).ok).toBe(true);
  });
});

describe("who may", () => {
  const party = { memberId: "m", spokeId: "sales", mayAct: true, mayOverride: false };
  const ends = { fromId: "f", fromSpokeId: "sales", toSpokeId: "cs", toId: null };
  test("send: the accountable department, or a manager who says why", () => {
    expect(planSender(party, ends, "").ok).toBe(true);
    expect(planSender({ ...party, spokeId: "cs" }, ends, "")).toMatchObject({ reason: "sender_only" });
    const manager = { ...party, spokeId: "osc", mayAct: false, mayOverride: true };
    expect(planSender(manager, ends, "")).toMatchObject({ reason: "override_reason" });
    expect(planSender(manager, ends, "Marcus is ill").ok).toBe(true);
  });
  test("receive: a member of the receiving department alone, never who sent it", () => {
    expect(planReceiver({ ...party, spokeId: "cs" }, ends).ok).toBe(true);
    expect(planReceiver(party, ends)).toMatchObject({ reason: "receiver_only" });
    expect(planReceiver({ ...party, memberId: "f", spokeId: "cs" }, ends)).toMatchObject({ reason: "own_handoff" });
    expect(planReceiver({ ...party, spokeId: "cs", mayAct: false, mayOverride: true }, ends).ok).toBe(false);
  });
  test("by the matrix: departments act, managers override, the OSC watches", () => {
    const acting = ["sales", "senior_sales", "design", "cs", "implementation", "service"] as const;
    for (const role of acting) expect(canAs([role], "handoffs.accept", "yes")).toBe(true);
    for (const role of ["osc", "manager", "admin", "owner"] as const) {
      expect(canAs([role], "handoffs.accept", "yes")).toBe(false);
      expect(can([role], "handoffs.accept")).toBe(true);
    }
    expect(canAs(["manager"], "handoffs.accept", "override")).toBe(true);
    for (const role of ["marketing", "qa", "auditor"] as const) expect(can([role], "handoffs.accept")).toBe(false);
  });
});

describe("the clocks of a handoff", () => {
  const day = [[540, 1080]];
  const calendar = { timeZone: "UTC", hours: { 1: day, 2: day, 3: day, 4: day, 5: day } as never, holidays: [] };
  const friday = new Date("2026-03-06T15:00:00Z");
  test("one business day to accept and two to speak, over a weekend", () => {
    expect(acceptDue(calendar, friday)).toEqual(new Date("2026-03-09T15:00:00Z"));
    expect(firstTouchDue(calendar, friday)).toEqual(new Date("2026-03-10T15:00:00Z"));
  });
  test("on time is both, without ever having run out", () => {
    const at = (hour: number) => new Date(friday.getTime() + hour * 3_600_000);
    const clocks = { expiredAt: null, acceptedAt: at(1), dueAccept: at(2), completedAt: at(3), dueFirstTouch: at(4) };
    expect(isOnTime(clocks)).toBe(true);
    expect(isOnTime({ ...clocks, completedAt: at(5) })).toBe(false);
    expect(isOnTime({ ...clocks, acceptedAt: at(2.5) })).toBe(false);
    expect(isOnTime({ ...clocks, expiredAt: at(0) })).toBe(false);
  });
  test("the first touch is two-way, by a person of the receiver, after she accepted", () => {
    const handoff = { acceptedAt: friday, acceptedById: "r", toSpokeId: "cs" };
    const contact = {
      ...{ isTwoWay: true, isAutomated: false, direction: "outbound" },
      ...{ agentId: "r", spokeId: "cs", startedAt: friday },
    };
    expect(isFirstTouch(contact, handoff)).toBe(true);
    expect(isFirstTouch({ ...contact, agentId: "x" }, handoff)).toBe(true);
    for (const other of [
      { isTwoWay: false },
      { isAutomated: true },
      { direction: "internal" },
      { agentId: "x", spokeId: "sales" },
      { startedAt: new Date(friday.getTime() - 1) },
    ])
      expect(isFirstTouch({ ...contact, ...other }, handoff)).toBe(false);
  });
});
