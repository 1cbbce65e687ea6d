import { describe, expect, test } from "vitest";
import { latestConsents, mergedConsents, strictest } from "@/lib/consents/rules";
import {
  chooseFields,
  choosePrimary,
  chooseSurvivingOsc,
  isFurther,
  isSameNeed,
  type MergeableJourney,
  pairJourneys,
  pairPersons,
} from "@/lib/customers/merge-rules";

const journey = (id: string, rest: Partial<MergeableJourney> = {}): MergeableJourney => ({
  id,
  need: null,
  status: "active",
  statusBeforeHold: null,
  templateId: "t",
  stagePosition: 1,
  oscId: "olga",
  isPrimary: true,
  lastActivityAt: new Date(0),
  ...rest,
});

describe("journeys of one need", () => {
  test("pair by the same words first, an unknown need with any, closed ones with none", () => {
    expect(isSameNeed(null, "kitchen")).toBe(true);
    expect(isSameNeed("Kitchen ", "kitchen")).toBe(true);
    expect(isSameNeed("roof", "kitchen")).toBe(false);
    const pairs = pairJourneys(
      [journey("a", { need: "roof" }), journey("b", { need: "kitchen" })],
      [journey("c", { need: "kitchen" }), journey("d"), journey("e", { status: "lost" })],
    );
    expect(pairs.map(({ survivor, loser }) => [survivor.id, loser.id])).toEqual([
      ["b", "c"],
      ["a", "d"],
    ]);
  });

  test("the one that has come further is gone on from", () => {
    expect(isFurther(journey("l", { status: "won" }), journey("s"))).toBe(true);
    expect(isFurther(journey("l", { stagePosition: 3 }), journey("s"))).toBe(true);
    expect(isFurther(journey("l", { stagePosition: 3, templateId: "other" }), journey("s"))).toBe(false);
    expect(isFurther(journey("l", { status: "on_hold", statusBeforeHold: "pre_lead" }), journey("s"))).toBe(false);
  });
});

describe("the one OSC", () => {
  test("must be named only when the open journeys have two", () => {
    const two = [journey("a"), journey("b", { oscId: "otto" })];
    expect(chooseSurvivingOsc([journey("a"), journey("b", { oscId: "otto", status: "lost" })], undefined)).toEqual({
      ok: true,
      change: "olga",
    });
    expect(chooseSurvivingOsc(two, undefined)).toMatchObject({ ok: false, reason: "osc_required" });
    expect(chooseSurvivingOsc(two, "mia")).toMatchObject({ ok: false, reason: "osc_not_theirs" });
    expect(chooseSurvivingOsc(two, "otto")).toEqual({ ok: true, change: "otto" });
    expect(chooseSurvivingOsc([], undefined)).toEqual({ ok: true, change: null });
  });
});

test("the journey the lists show is the survivor's own while open, else the most active open one", () => {
  const own = journey("own", { status: "lost" });
  const theirs = journey("theirs", { lastActivityAt: new Date(5) });
  expect(choosePrimary([journey("own")], [theirs])?.id).toBe("own");
  expect(choosePrimary([own], [own, journey("old"), theirs])?.id).toBe("theirs");
  expect(choosePrimary([own], [own])?.id).toBe("own");
});

test("the same human is found by name, e-mail or handle; a phone alone makes a household", () => {
  const person = (id: string, name: string, ...points: { kind: string; value: string }[]) => ({ id, name, points });
  const phone = { kind: "phone", value: "1" };
  const maya = person("maya", "Maya Halloran", phone);
  expect(pairPersons([maya], [person("x", "Tom Halloran", phone)]).size).toBe(0);
  expect(pairPersons([maya], [person("x", "Maia Halloran")]).get("x")).toBe("maya");
  expect(pairPersons([maya, person("tom", "Tom Halloran")], [person("x", "Maia Halloran")]).size).toBe(0);
  expect(pairPersons([maya, person("tom", "Tom Halloran")], [person("x", "Maia Halloran", phone)]).get("x")).toBe(
    "maya",
  );
  const email = { kind: "email", value: "m@example.com" };
  expect(pairPersons([person("maya", "M", email)], [person("x", "Other", email)]).get("x")).toBe("maya");
});

test("fields: the survivor's, the loser's where chosen or where the survivor has none, both notes", () => {
  const row = {
    name: "A",
    kind: "household",
    segment: null,
    place: null,
    origin: "web",
    locale: "en",
    timeZone: null,
    notes: "one",
    flag: null,
  };
  const other = { ...row, name: "B", place: "Lot 1", notes: "two", flag: "odd" };
  expect(chooseFields(row, other, {})).toEqual({ place: "Lot 1", notes: "one\n\ntwo", flag: "odd" });
  expect(chooseFields(row, other, { name: "loser" }).name).toBe("B");
});

describe("consents", () => {
  const fact = (state: "granted" | "denied" | "revoked" | "expired", at: number) => ({
    medium: "email",
    purpose: "marketing",
    state,
    at: new Date(at),
  });

  test("the latest holds and a refusal beats a grant of the same instant", () => {
    expect([...latestConsents([fact("granted", 1), fact("revoked", 1)]).values()][0]?.state).toBe("revoked");
    expect([...latestConsents([fact("revoked", 1), fact("granted", 2)]).values()][0]?.state).toBe("granted");
  });

  test("merging keeps the stricter word and takes over a grant only where nothing was said", () => {
    expect(mergedConsents([fact("granted", 1)], [fact("denied", 1)]).map(({ state }) => state)).toEqual(["revoked"]);
    expect(mergedConsents([fact("denied", 1)], [fact("granted", 5)])).toEqual([]);
    expect(mergedConsents([], [fact("granted", 1)]).map(({ state }) => state)).toEqual(["granted"]);
    expect(strictest(["granted", "revoked"])).toBe("denied");
    expect(strictest(["expired"])).toBe("unknown");
  });
});
