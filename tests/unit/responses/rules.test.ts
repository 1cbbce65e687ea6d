import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  askAt,
  inDaytime,
  isLate,
  relationshipSeed,
  secondQuestion,
  seedOf,
  standingOf,
  suppressionOf,
  turnDays,
  turnOf,
} from "@/lib/responses/rules";
import { isSignedByTool, openSurveyToken, sealSurveyToken, signTool } from "@/lib/responses/token";
import { seededRandom } from "@/lib/statistics/random";

beforeAll(() => {
  process.env.NEXTAUTH_SECRET ??= "a secret that only the tests know, 32 bytes or more";
  process.env.DATABASE_URL ??= "postgres://nobody@localhost/none";
});

const now = new Date("2026-03-02T12:00:00Z");
const free = {
  email: "maya@example.com",
  isTest: false,
  hasRefused: false,
  hasOpenComplaint: false,
  lastAskedAt: null,
};
const sure = { probability: 1, seed: 7, now };

describe("whom we ask, and when (DOMAIN C2)", () => {
  test("a chat at its close, a call within the hour, a letter within the day", () => {
    expect(askAt("chat", now)).toEqual(now);
    expect(askAt("phone", now).getTime() - now.getTime()).toBeLessThanOrEqual(3_600_000);
    expect(askAt("email", now).getTime() - now.getTime()).toBeLessThanOrEqual(86_400_000);
  });
  test("beside the comparison stands one question: of the type, unless the workspace chose another", () => {
    const chosen = { "design meeting": "csat", repair: "outcome" } as const;
    expect(["follow-up", "repair", "design meeting"].map((type) => secondQuestion(type, {}))).toEqual([
      "outcome",
      "ease",
      "outcome",
    ]);
    expect(["follow-up", "repair", "design meeting", "toString"].map((type) => secondQuestion(type, chosen))).toEqual([
      "outcome",
      "outcome",
      "csat",
      "outcome",
    ]);
  });
  test("about the relationship once in a half-year: each has three weeks of it, and the next turn comes half a year later", () => {
    expect(turnOf(new Date("2026-01-01T00:00:00Z"))).toEqual({ half: "2026-1", from: 0, to: 0 });
    expect(turnOf(new Date("2026-06-30T23:59:59Z"))).toMatchObject({ half: "2026-1", from: 160, to: 159 });
    expect(turnOf(new Date("2026-07-01T00:00:00Z"))).toEqual({ half: "2026-2", from: 0, to: 0 });
    const day = 86_400_000;
    const hasTurn = (turn: number) => (at: number) => {
      const { from, to } = turnOf(new Date(at));
      return from <= turn && turn <= to;
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: turnDays - 1 }), fc.integer({ min: 2024, max: 2030 }), (turn, year) => {
        const days = Array.from({ length: 366 }, (_, each) => Date.UTC(year, 0, 1) + each * day);
        const open = days.filter((at) => new Date(at).getUTCFullYear() === year).filter(hasTurn(turn));
        expect(open).toHaveLength(42);
        expect((open[21] ?? 0) - (open[20] ?? 0)).toBeGreaterThan(150 * day);
      }),
    );
  });
  test("a person's draw is another in each half-year, so that nobody is left out for good", () => {
    const id = "0195b2f0-0000-7000-8000-0000000000a7";
    expect(seedOf(id)).toBe(0xa7);
    const drawn = [1, 2].map((half) => seededRandom(relationshipSeed(id, `2026-${half}`))());
    expect(drawn[0]).not.toBe(drawn[1]);
  });
  test("only between nine and eight in the evening on her own clock", () => {
    expect(inDaytime(new Date("2026-03-02T03:00:00Z"), "Asia/Jerusalem")).toEqual(new Date("2026-03-02T07:00:00Z"));
    expect(inDaytime(new Date("2026-03-02T19:00:00Z"), "Asia/Jerusalem")).toEqual(new Date("2026-03-03T07:00:00Z"));
    expect(inDaytime(now, "Asia/Jerusalem")).toEqual(now);
  });
  test("the morning after the clocks change is still nine o'clock", () => {
    expect(inDaytime(new Date("2026-03-08T04:30:00Z"), "America/New_York")).toEqual(new Date("2026-03-08T13:00:00Z"));
  });
  test.each([
    ["a test person", { isTest: true }, "test_person"],
    ["who refused surveys", { hasRefused: true }, "opted_out"],
    ["who has a complaint open", { hasOpenComplaint: true }, "open_complaint"],
    ["whom we cannot write to", { email: null }, "no_address"],
    ["who was asked thirteen days ago", { lastAskedAt: new Date("2026-02-17T12:00:00Z") }, "asked_lately"],
  ])("%s is not asked", (_who, facts, reason) => expect(suppressionOf({ ...free, ...facts }, sure)).toBe(reason));
  test("who was asked fourteen days ago may be asked again", () =>
    expect(suppressionOf({ ...free, lastAskedAt: new Date("2026-02-16T12:00:00Z") }, sure)).toBeNull());
  test("the draw can be made again from its seed, and draws as often as it says", () => {
    const draw = (seed: number) => suppressionOf(free, { probability: 0.3, seed, now });
    const drawn = Array.from({ length: 4000 }, (_, seed) => draw(seed)).filter((reason) => reason === null).length;
    expect(drawn / 4000).toBeGreaterThan(0.26);
    expect(drawn / 4000).toBeLessThan(0.34);
    fc.assert(fc.property(fc.nat(), (seed) => void expect(draw(seed)).toBe(draw(seed))));
  });
});

describe("what an answer counts for", () => {
  const voice = { expectation: 5, outcome: 3, disconfirmation: null };
  test("the first timely word of the customer classes the interaction (F31)", () =>
    expect(standingOf("customer", voice, { late: false, isDecided: false })).toEqual({
      class: "negative",
      countsForClass: true,
    }));
  test.each([
    ["a member's own view", "staff", false, false],
    ["a late answer", "customer", true, false],
    ["a second answer", "tool", false, true],
  ] as const)("%s never does", (_what, source, late, isDecided) =>
    expect(standingOf(source, voice, { late, isDecided }).countsForClass).toBe(false),
  );
  test("fourteen days after the contact it is late, or when its invitation ended", () => {
    const ended = new Date("2026-02-16T12:00:00Z");
    expect(isLate(now, ended, null)).toBe(false);
    expect(isLate(new Date(now.getTime() + 1), ended, null)).toBe(true);
    expect(isLate(new Date(now.getTime() + 1), ended, new Date("2026-03-03T12:00:00Z"))).toBe(false);
  });
});

describe("links and signatures", () => {
  const named = {
    workspaceId: "0190a0b0-0000-7000-8000-000000000001",
    inviteId: "0190a0b0-0000-7000-8000-000000000002",
  };
  test("a link names its invitation and nothing can be changed in it", () => {
    const token = sealSurveyToken(named);
    expect(openSurveyToken(token)).toEqual(named);
    expect(openSurveyToken(`${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`)).toBeNull();
    expect(openSurveyToken("nothing")).toBeNull();
  });
  test("a tool's request holds five minutes, for its own body", () => {
    const seconds = now.getTime() / 1000;
    const body = '{"externalId":"1"}';
    const request = { timestamp: String(seconds), signature: signTool("secret", seconds, body), body };
    expect(isSignedByTool("secret", request, now)).toBe(true);
    expect(isSignedByTool("secret", { ...request, body: `${body} ` }, now)).toBe(false);
    expect(isSignedByTool("other", request, now)).toBe(false);
    expect(isSignedByTool("secret", request, new Date(now.getTime() + 301_000))).toBe(false);
    expect(isSignedByTool("secret", { ...request, signature: "" }, now)).toBe(false);
  });
});
