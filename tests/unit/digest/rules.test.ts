import { describe, expect, test } from "vitest";
import type { BusinessCalendar } from "@/lib/calendar/business-calendar";
import { setDigest, translatorIn } from "@/lib/digest/letter";
import { belowTarget, hasFallen, isNews, judgedWindow, planAcknowledge, planAct } from "@/lib/digest/rules";
import type { About } from "@/lib/digest/schema";
import { nextWeek, weekBefore, weekFrom, weekStartOf } from "@/lib/digest/week";
import { wordsOf } from "@/lib/digest/words";
import { israeliWeek, westernWeek } from "@/lib/workspaces/defaults";

const calendar = (timeZone: string, hours: object) =>
  ({ timeZone, hours, holidays: [] }) as unknown as BusinessCalendar;
const seattle = calendar("America/Los_Angeles", westernWeek);
const haifa = calendar("Asia/Jerusalem", israeliWeek);

describe("the week of a digest", () => {
  test("starts with the first working day after days off; on Monday where nobody ever rests or works", () => {
    expect(
      [westernWeek, israeliWeek, { 2: [[540, 600]], 3: [[540, 600]] }, {}].map((hours) =>
        weekStartOf(calendar("UTC", hours)),
      ),
    ).toEqual([1, 0, 2, 1]);
  });

  test("ends at local midnight, and its digest is made when the office opens, across a change of clocks", () => {
    const sunday = new Date("2026-03-08T20:00:00Z");
    expect(nextWeek(seattle, sunday)).toEqual({
      week: "2026-03-02",
      from: new Date("2026-03-02T08:00:00Z"),
      to: new Date("2026-03-09T07:00:00Z"),
      buildAt: new Date("2026-03-09T16:00:00Z"),
    });
    expect(nextWeek(haifa, sunday).buildAt).toEqual(new Date("2026-03-15T07:00:00Z"));
    expect(weekBefore(haifa, sunday).week).toBe("2026-03-01");
    expect(weekFrom(seattle, "2026-03-02")).toEqual(nextWeek(seattle, sunday));
  });

  test("is the next one from the second on at which this one is made", () => {
    const opening = new Date("2026-03-09T16:00:00Z");
    expect(nextWeek(seattle, new Date(opening.getTime() - 1000)).week).toBe("2026-03-02");
    expect(nextWeek(seattle, opening).week).toBe("2026-03-09");
  });
});

describe("what is worth telling", () => {
  const voice = (k: number, n: number): About => ({
    ...{ kind: "voice", type: "proposal/price talk", medium: "email", reason: "below", weeks: 4, target: 0.8 },
    ...{ k, n, beforeK: 0, beforeN: 0 },
  });

  test("rests on the shortest window with twenty ratings, and on nothing when the week brought none", () => {
    expect(
      judgedWindow([
        { weeks: 1, k: 3, n: 5 },
        { weeks: 4, k: 12, n: 22 },
        { weeks: 13, k: 60, n: 80 },
      ])?.weeks,
    ).toBe(4);
    expect(
      judgedWindow([
        { weeks: 1, k: 3, n: 5 },
        { weeks: 4, k: 9, n: 12 },
      ]),
    ).toBeNull();
    expect(
      judgedWindow([
        { weeks: 1, k: 0, n: 0 },
        { weeks: 4, k: 12, n: 22 },
      ]),
    ).toBeNull();
  });

  test("is below the target beyond chance, never from fewer than twenty ratings", () => {
    const all = [
      { k: 20, n: 40 },
      { k: 31, n: 40 },
      { k: 1, n: 10 },
    ];
    expect(belowTarget(all, 0.8)).toEqual([{ k: 20, n: 40 }]);
    expect(hasFallen({ k: 20, n: 40 }, { k: 90, n: 100 })).toBe(true);
    expect(hasFallen({ k: 34, n: 40 }, { k: 90, n: 100 })).toBe(false);
    expect(hasFallen({ k: 1, n: 10 }, { k: 90, n: 100 })).toBe(false);
  });

  test("is not told again while the number is the same", () => {
    expect(isNews(voice(20, 40), [])).toBe(true);
    expect(isNews(voice(21, 41), [voice(20, 40)])).toBe(false);
    expect(isNews(voice(5, 60), [voice(30, 40)])).toBe(true);
  });

  test("is decided once; what was read may still be acted on", () => {
    expect([planAcknowledge({ state: "open" }).ok, planAcknowledge({ state: "acknowledged" }).ok]).toEqual([
      true,
      false,
    ]);
    expect([planAct({ state: "acknowledged" }).ok, planAct({ state: "acted" }).ok]).toEqual([true, false]);
  });

  test("is put into the reader's words with number, interval, target and time", () => {
    const { title, number } = wordsOf(translatorIn("en"), voice(20, 40), "en");
    expect(title).toBe("Proposal and price talk, E-mail: below what was promised");
    expect(number.replaceAll(/[\u2066-\u2069]/g, "").replaceAll("\u00a0", " ")).toBe(
      "50.0 % of 20/40, 95 % 35.2 % – 64.8 %; target 80.0 %, last 4 weeks",
    );
    expect(wordsOf(translatorIn("he"), voice(20, 40), "he").title).toMatch(/מתחת למה שהובטח/);
  });

  test("has words in both languages for every kind", () => {
    const share = { k: 20, n: 40, weeks: 4, target: 0.8 };
    const abouts: About[] = [
      voice(1, 40),
      { ...voice(1, 40), reason: "fell" } as About,
      { kind: "expectation", origin: "radio", ...share },
      { kind: "effort", ...share },
      { kind: "promises", ...share },
      {
        kind: "driver",
        momentId: "m",
        name: "Price explanation",
        nameHe: "הסבר המחיר",
        type: "handover",
        weight: 0.34,
        ...share,
        weeks: 0,
      },
      { kind: "theme", theme: "speed", name: "Speed", nameHe: "מהירות", lift: 3, ...share },
      ...(["proven", "proven_worse", "not_proven"] as const).map(
        (verdict): About => ({
          kind: "enablement",
          itemId: "i",
          name: "Call",
          nameHe: "שיחה",
          verdict,
          effect: 0.14,
          lo: -0.043,
          hi: 0.323,
          n: 100,
        }),
      ),
    ];
    for (const locale of ["en", "he"])
      for (const about of abouts) {
        const { title, number, suggestion } = wordsOf(translatorIn(locale), about, locale);
        for (const words of [title, number, suggestion]) expect(words, about.kind).not.toMatch(/digest\.|^$/);
      }
    const mail = setDigest(
      { email: "noa@example.test", locale: "he" },
      {
        department: { name: "Sales", nameHe: "מכירות" },
        url: "http://localhost/w/x/digest",
        items: abouts.map((about) => ({ about, quotes: [], ownerName: null })),
      },
    );
    expect(mail.subject).toContain("מכירות");
    expect(mail.html).toContain('dir="rtl"');
  });
});
