import { beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { requestRun } from "@/lib/runs/commands";
import { readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { codebookInForce, draftCodebook, getCodebook, publishCodebook, saveCodebook } from "@/lib/themes/codebook";
import { getRound, listRounds, markComment, startRound } from "@/lib/themes/coding";
import type { ThemesResult } from "@/lib/themes/kind";
import { getThemesReport, listComments } from "@/lib/themes/queries";
import { CommentsInput, StartRound, ThemeInput } from "@/lib/themes/schema";
import { tagComment, tagResponse, untagComment } from "@/lib/themes/tagging";
import { themeTasks } from "@/lib/themes/tasks";
import { createWorkspace } from "@/lib/workspaces/setup";
import { makeMember, type TestMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { contactWith, say } from "../../support/voices";

let team: Team;
let other: Team;
let qa: TestMember;
let marketing: TestMember;
let boss: Context;
const everything = { weeks: 0 };

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
  qa = await makeMember(team.workspace, { name: "Quinn Quality", roles: ["qa"] });
  marketing = await makeMember(team.workspace, { name: "Mia Market", roles: ["marketing"], spoke: "marketing" });
  boss = await team.as(team.manager, later(200));
});

/** A comment as the worker leaves it: given, and tagged by the rules. */
async function comment(
  text: string,
  said: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
): Promise<string> {
  const { customerId } = await team.customer("Greta Winter");
  const ctx = await team.worker(later(10));
  const interactionId = await contactWith(ctx, { customerId, agentId: team.seller.memberId, ...rest });
  const { id } = await say(ctx, interactionId, { outcome: 4, comment: text, ...said });
  await team.run(async () => themeTasks["themes.tag"]?.(ctx, { responseId: id }));
  return id;
}

const tagsOf = async (responseId: string) => {
  const { data } = await team.run(() => listComments(boss, CommentsInput.parse({ weeks: 0, limit: 200 })));
  return data.find((row) => row.responseId === responseId)?.tags ?? [];
};
const keysOf = async (responseId: string) => {
  const { inForce } = await team.run(() => getCodebook(boss));
  const tags = await tagsOf(responseId);
  return tags.map(({ themeId }) => inForce.themes.find((theme) => theme.themeId === themeId)?.key);
};
const themeId = async (key: string) =>
  (await team.run(() => getCodebook(boss))).inForce.themes.find((theme) => theme.key === key)?.themeId ?? "";

describe("tags", () => {
  test("a new workspace begins with the twelve themes, and its comments are tagged by rule in both languages", async () => {
    const { inForce, draft } = await team.run(() => getCodebook(boss));
    expect([inForce.number, inForce.themes.length, draft]).toEqual([1, 12, null]);
    expect(await keysOf(await comment("The price changed twice and I had to repeat myself"))).toEqual([
      "had_to_repeat",
      "price_clarity",
    ]);
    expect(await keysOf(await comment("חיכינו שעה ושהמחיר לא ברור", { language: "he", outcome: 1 }))).toEqual([
      "speed",
      "price_clarity",
    ]);
  });

  test("what a person tags or takes off stands above the rules, also when they run again", async () => {
    const id = await comment("The price was fine.");
    const [price, quality] = [await themeId("price_clarity"), await themeId("quality")];
    const judge = await team.as(qa, later(20));
    await team.run(() => untagComment(judge, { responseId: id, themeId: price }));
    await team.run(() => tagComment(judge, { responseId: id, themeId: quality, polarity: "positive" }));
    const worker = await team.worker(later(30));
    await team.run(async () => themeTasks["themes.retag"]?.(worker, {}));
    expect((await tagsOf(id)).map((tag) => [tag.name, tag.source, tag.polarity, tag.authorName])).toEqual([
      ["Quality", "human", "positive", "Quinn Quality"],
    ]);
    await expect(
      team.run(() => tagComment(judge, { responseId: id, themeId: quality, polarity: "positive" })),
    ).rejects.toMatchObject({ reason: "duplicate" });
    await expect(team.run(() => untagComment(judge, { responseId: id, themeId: price }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a seller neither reads nor writes them, another workspace finds nothing", async () => {
    const id = await comment("late again");
    const seller = await team.as(team.seller, later(20));
    const speed = await themeId("speed");
    await expect(team.run(() => getThemesReport(seller, everything))).rejects.toMatchObject({ code: "forbidden" });
    await expect(team.run(() => tagComment(seller, { responseId: id, themeId: speed }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const stranger = await other.as(other.manager, later(20));
    await expect(other.run(() => untagComment(stranger, { responseId: id, themeId: speed }))).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await other.run(() => getThemesReport(stranger, everything))).comments).toBe(0);
  });

  test("late and second answers are kept for themes, a member's own view is not", async () => {
    const { customerId } = await team.customer();
    const ctx = await team.worker(monday);
    const interactionId = await contactWith(ctx, { customerId, type: "repair" });
    await say(ctx, interactionId, { outcome: 4, comment: "Quick." });
    await say(ctx, interactionId, { outcome: 2, comment: "Slow after all." });
    await say(await team.worker(later(20 * 24 * 60)), interactionId, { outcome: 2, comment: "Still broken." });
    await say(await team.as(team.osc, later(5)), interactionId, {
      source: "staff",
      outcome: 5,
      comment: "Went quickly.",
    });
    const report = await team.run(() => getThemesReport(boss, { ...everything, type: "repair" }));
    expect([report.comments, report.negative]).toEqual([3, 2]);
  });
});

describe("the report", () => {
  test("counts what it lists, quotes nobody by name, and hides customers from whom she is not for", async () => {
    await comment("Marcus never called Greta Winter back on 050-1234567", { outcome: 1 }, { type: "renewal" });
    const report = await team.run(() => getThemesReport(boss, { ...everything, type: "renewal" }));
    const line = report.themes.find(({ key }) => key === "promise_not_kept");
    expect(line).toMatchObject({ prevalence: { k: 1, n: 1 }, negative: { k: 1, n: 1 }, lift: 1 });
    expect(line?.quotes[0]?.text).toBe("… never called … back on …");
    const rows = await team.run(() =>
      listComments(boss, CommentsInput.parse({ weeks: 0, type: "renewal", themeId: line?.themeId })),
    );
    expect(rows.data.map(({ customerName, comment: text }) => [customerName, text])).toEqual([
      ["Greta Winter", "… never called … back on …"],
    ]);
    const reader = await team.as(marketing, later(30));
    const seen = await team.run(() => listComments(reader, CommentsInput.parse({ weeks: 0, type: "renewal" })));
    expect(seen.data.map(({ customerId, customerName }) => [customerId, customerName])).toEqual([[null, null]]);
  });
});

describe("the codebook", () => {
  test("a published version never changes, and its successor's rules read old comments again", async () => {
    const id = await comment("The parking was impossible.");
    expect(await keysOf(id)).toEqual([]);
    const draft = await team.run(() => draftCodebook(boss));
    await expect(team.run(() => draftCodebook(boss))).rejects.toMatchObject({ reason: "draft_exists" });
    const state = await team.run(() => getCodebook(boss));
    const themes = [...(state.draft?.themes ?? []), { name: "Parking", nameHe: "", words: ["park*"] }].map((each) =>
      ThemeInput.parse(each),
    );
    await team.run(() => saveCodebook(boss, { id: draft.id, version: 1, themes }));
    await expect(team.run(() => publishCodebook(boss, { id: draft.id, version: 2 }))).rejects.toMatchObject({
      reason: "codebook_incomplete",
      details: { fields: { "themes.12.nameHe": "required" } },
    });
    const whole = themes.map((theme) => (theme.name === "Parking" ? { ...theme, nameHe: "חניה" } : theme));
    await expect(team.run(() => saveCodebook(boss, { id: draft.id, version: 1, themes: whole }))).rejects.toMatchObject(
      { code: "conflict" },
    );
    await team.run(() => saveCodebook(boss, { id: draft.id, version: 2, themes: whole }));
    await team.run(() => publishCodebook(boss, { id: draft.id, version: 3 }));
    const worker = await team.worker(later(300));
    await team.run(async () => themeTasks["themes.retag"]?.(worker, {}));
    expect(await keysOf(id)).toEqual(["parking"]);
    await expect(team.run(() => saveCodebook(boss, { id: draft.id, version: 4, themes: whole }))).rejects.toMatchObject(
      { reason: "not_a_draft" },
    );
    await expect(
      team.run(() =>
        boss.db.codebookTheme.deleteMany({ where: { workspaceId: boss.workspaceId, versionId: draft.id } }),
      ),
    ).rejects.toThrow(/does not change/);
    const designer = await team.as(team.designer, later(10));
    await expect(team.run(() => draftCodebook(designer))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("two who code the same comments", () => {
  test("neither sees the other's marks, and their agreement stands when both are through", async () => {
    for (const text of ["The price!", "Slow.", "Nice people.", "Broken again."])
      await comment(text, {}, { type: "kickoff" });
    const [first, second] = [await team.as(qa, later(40)), await team.as(marketing, later(40))];
    const wanted = {
      firstId: qa.memberId,
      secondId: marketing.memberId,
      type: "kickoff",
      weeks: 0,
      share: 0.5,
      seed: 7,
    };
    await expect(
      team.run(() => startRound(boss, StartRound.parse({ ...wanted, secondId: qa.memberId }))),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      team.run(() => startRound(boss, StartRound.parse({ ...wanted, secondId: team.designer.memberId }))),
    ).rejects.toMatchObject({ reason: "may_not_tag" });
    const { id, comments } = await team.run(() => startRound(boss, StartRound.parse(wanted)));
    const again = await team.run(() => startRound(boss, StartRound.parse(wanted)));
    expect(comments).toBe(2);
    const items = (await team.run(() => getRound(first, id))).items;
    expect((await team.run(() => getRound(first, again.id))).items.map((item) => item.responseId)).toEqual(
      items.map((item) => item.responseId),
    );
    const theme = (await team.run(() => getRound(first, id))).themes[0]?.themeId ?? "";
    const mark = (ctx: Context, place: number, themeIds: string[]) =>
      team.run(() => markComment(ctx, { roundId: id, responseId: items[place]?.responseId ?? "", themeIds }));
    await mark(first, 0, [theme]);
    const seen = await team.run(() => getRound(second, id));
    expect([seen.items.map(({ themeIds }) => themeIds), seen.firstDone, seen.agreement]).toEqual([
      [null, null],
      1,
      null,
    ]);
    expect((await team.run(() => getRound(boss, id))).items).toEqual([]);
    await expect(mark(boss, 0, [])).rejects.toMatchObject({ code: "not_found" });
    await mark(first, 1, []);
    await mark(second, 0, [theme]);
    expect(await mark(second, 1, [])).toEqual({ left: 0, isFinished: true });
    await expect(mark(second, 1, [theme])).rejects.toMatchObject({ reason: "round_finished" });
    const { agreement } = await team.run(() => getRound(boss, id));
    expect(agreement?.all).toMatchObject({ n: 2, kappa: 1 });
    expect((await team.run(() => listRounds(boss))).find((round) => round.id === id)?.kappa).toBe(1);
    expect((await team.run(() => getThemesReport(boss, { weeks: 0, type: "kickoff" }))).agreement?.roundId).toBe(id);
  });
});

describe("a run over the comments", () => {
  test("finds what the page counts, of the time that it is asked about", async () => {
    const own = await Team.make();
    const { customerId } = await own.customer("Greta Winter");
    const ctx = await own.worker(new Date());
    for (const [days, text, outcome] of [
      [3, "Nobody called back for weeks", 1],
      [2, "Slow, and the price changed twice", 2],
      [1, "Friendly people", 5],
      [1, "Nothing in particular", 4],
    ] as const) {
      const startedAt = new Date(Date.now() - days * 86_400_000);
      const interactionId = await contactWith(ctx, { customerId, agentId: own.osc.memberId, startedAt });
      const answeredAt = new Date(startedAt.getTime() + 3_600_000).toISOString();
      const { id } = await say(ctx, interactionId, { outcome, comment: text, answeredAt });
      await own.run(() => tagResponse(ctx, id));
    }
    const read = await own.as(own.manager, new Date());
    const perform = async (asOf: Date) => {
      const { id } = await own.run(() => requestRun(read, RequestRun.parse({ kind: "themes", asOf })));
      await own.run(async () => performRun(await own.worker(new Date()), id));
      return (await own.run(() => readRun(read, { id }))).result as ThemesResult;
    };
    const page = await own.run(() => getThemesReport(read, { weeks: 26 }));
    const run = await perform(read.now);
    const { comments, negative, untagged } = page;
    expect(run).toMatchObject({ comments, negative, untagged, codebook: 1 });
    expect([comments, negative, untagged]).toEqual([4, 2, 1]);
    for (const { key, prevalence, lift } of page.themes)
      expect(run.themes.find((each) => each.key === key)).toMatchObject({ prevalence, lift });
    expect((await perform(new Date(Date.now() - 36 * 3_600_000))).comments).toBe(2);
  });
});

test("a workspace in Hebrew begins with definitions in Hebrew, and one in English with English ones", async () => {
  const slug = `he-${Date.now().toString(36)}`;
  const owner = { name: "Noa Levi", email: `${slug}@example.com` };
  const { workspaceId } = await createWorkspace({ slug, name: "בית חם", locale: "he", owner });
  const ctx = await systemContext(workspaceId);
  const hebrew = (await inWorkspace(workspaceId, () => codebookInForce(ctx))).themes;
  const own = await other.as(other.manager, later(200));
  const english = (await other.run(() => codebookInForce(own))).themes;
  expect(hebrew.map(({ key }) => key)).toEqual(english.map(({ key }) => key));
  expect(hebrew.map(({ words }) => words)).toEqual(english.map(({ words }) => words));
  for (const { definition } of hebrew) expect(definition).toMatch(/^[\u0590-\u05ff0-9 ,.]+$/);
  for (const { definition } of english) expect(definition).toMatch(/^[A-Za-z ,.]+$/);
});
