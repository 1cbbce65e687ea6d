import { describe, expect, test } from "vitest";
import { type Contact, type ContactState, clockSkew, isHumanResponse, planContact } from "@/lib/interactions/rules";

const now = new Date("2026-03-02T10:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const contact = (part: Partial<Contact> = {}): Contact => ({
  direction: "outbound",
  isTwoWay: false,
  isAutomated: false,
  medium: "phone",
  startedAt: now,
  ...part,
});
const state = (part: Partial<ContactState> = {}): ContactState => ({
  arrivedAt: ago(90),
  lastActivityAt: ago(60),
  lastTwoWayAt: null,
  unansweredSince: null,
  firstResponseAt: null,
  ...part,
});

describe("isHumanResponse", () => {
  test.each([
    ["an outbound call", {}, true],
    ["a held inbound call", { direction: "inbound", isTwoWay: true }, true],
    ["an automatic reply", { isAutomated: true }, false],
    ["an internal note", { direction: "internal", medium: "note" }, false],
    ["a note marked outbound", { medium: "note" }, false],
    ["an inbound message", { direction: "inbound" }, false],
  ] as const)("%s", (_name, part, expected) => {
    expect(isHumanResponse(contact(part))).toBe(expected);
  });
});

describe("planContact", () => {
  test("an inbound starts the wait, a second one does not restart it", () => {
    expect(planContact(contact({ direction: "inbound" }), state(), now)).toMatchObject({
      change: { waitsSince: now, isAnswer: false },
    });
    expect(planContact(contact({ direction: "inbound" }), state({ unansweredSince: ago(9) }), now)).toMatchObject({
      change: { waitsSince: ago(9) },
    });
  });
  test("an answer ends the wait and is the first response once", () => {
    expect(planContact(contact(), state({ unansweredSince: ago(9) }), now)).toMatchObject({
      change: { waitsSince: null, isAnswer: true, isFirstResponse: true },
    });
    expect(planContact(contact(), state({ firstResponseAt: ago(100) }), now)).toMatchObject({
      change: { isFirstResponse: false },
    });
  });
  test("a contact logged late does not answer what came after it", () => {
    expect(planContact(contact({ startedAt: ago(30) }), state({ unansweredSince: ago(9) }), now)).toMatchObject({
      change: { isAnswer: false, waitsSince: ago(9) },
    });
  });
  test.each([
    ["an earlier answer written late takes its place", ago(80), true],
    ["one from before she arrived does not", ago(100), false],
    ["nor does a later one", ago(60), false],
  ])("%s", (_name, startedAt, isFirstResponse) => {
    const answered = state({ firstResponseAt: ago(70) });
    expect(planContact(contact({ startedAt }), answered, now)).toMatchObject({ change: { isFirstResponse } });
  });
  test("an inbound logged late does not wait when they have spoken since", () => {
    expect(
      planContact(contact({ direction: "inbound", startedAt: ago(30) }), state({ lastTwoWayAt: ago(5) }), now),
    ).toMatchObject({ change: { waitsSince: null } });
  });
  test("five minutes of clock skew are forgiven, more is refused", () => {
    expect(planContact(contact({ startedAt: ago(-4) }), state(), now).ok).toBe(true);
    expect(planContact(contact({ startedAt: ago(-6) }), state(), now)).toMatchObject({ reason: "in_the_future" });
  });
  test.each([
    ["five minutes ahead", -5, null],
    ["five behind", 5, null],
    ["six ahead", -6, 6],
    ["an hour behind", 60, -60],
  ])("a clock that is %s", (_name, minutesAgo, skew) => {
    expect(clockSkew(ago(minutesAgo), now)).toBe(skew);
  });
  test("a machine has no conversation", () => {
    expect(planContact(contact({ isAutomated: true, isTwoWay: true }), state(), now)).toMatchObject({
      reason: "automated_two_way",
    });
  });
});
