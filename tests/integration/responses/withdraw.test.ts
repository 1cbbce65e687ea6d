import { beforeAll, describe, expect, test } from "vitest";
import { getConsistencyBoard, listRated } from "@/lib/consistency/queries";
import { BoardInput, RatedInput } from "@/lib/consistency/schema";
import { listEvaluations } from "@/lib/evaluations/queries";
import { getTimeline } from "@/lib/hub/timeline";
import { newId } from "@/lib/identifiers";
import { listCases } from "@/lib/recovery-cases/queries";
import { CasesInput } from "@/lib/recovery-cases/schema";
import { listAnswers } from "@/lib/responses/answers";
import { giveResponse } from "@/lib/responses/commands";
import { listResponses } from "@/lib/responses/queries";
import { AnswersInput, GiveResponse } from "@/lib/responses/schema";
import { answerSurvey, asAsked, getSurveyPage } from "@/lib/responses/survey";
import { withdrawAnswer, withdrawResponse } from "@/lib/responses/withdraw";
import { listComments } from "@/lib/themes/queries";
import { CommentsInput } from "@/lib/themes/schema";
import { themeTasks } from "@/lib/themes/tasks";
import { later, monday, Team } from "../../support/owed";
import { contactWith, countersOf, inviteTo, recountOf, say } from "../../support/voices";

let team: Team;
beforeAll(async () => {
  team = await Team.make();
});

const boss = () => team.as(team.manager, later(200));

async function contact(agentId = team.osc.memberId) {
  const { customerId } = await team.customer();
  const id = await contactWith(await team.worker(monday), { customerId, agentId });
  return { customerId, id };
}

const rowOf = async (id: string) => {
  const ctx = await boss();
  const { data } = await team.run(() => listRated(ctx, RatedInput.parse({ weeks: 0, limit: 200 })));
  return data.find((row) => row.id === id);
};

async function takeBack(id: string, reason = "She wrote to us") {
  const ctx = await boss();
  await team.run(() => withdrawResponse(ctx, { id, reason }));
}

async function auditOf(responseId: string) {
  const ctx = await boss();
  const where = {
    workspaceId: ctx.workspaceId,
    subject: `response:${responseId}`,
    action: { startsWith: "response." },
  };
  return team.run(() => ctx.db.auditEntry.findMany({ where, orderBy: { seq: "asc" } }));
}

describe("an answer that is taken back", () => {
  test("is in no figure, list, theme or quote any more, and the audit says that it was there and who took it back", async () => {
    const { id } = await contact();
    const ctx = await team.worker(later(30));
    const given = await say(ctx, id, { outcome: 5, disconfirmation: 2, comment: "The price was clear." });
    await team.run(async () => themeTasks["themes.tag"]?.(ctx, { responseId: given.id }));
    expect(await rowOf(id)).toMatchObject({ class: "positive", responseId: given.id });
    await takeBack(given.id);
    expect(await rowOf(id)).toBeUndefined();
    const manager = await boss();
    expect(await team.run(() => listResponses(manager, { interactionId: id }))).toEqual([]);
    const { data } = await team.run(() => listComments(manager, CommentsInput.parse({ weeks: 0, limit: 200 })));
    expect(data.some(({ responseId }) => responseId === given.id)).toBe(false);
    const board = await team.run(() => getConsistencyBoard(manager, BoardInput.parse({ weeks: 0 })));
    expect(JSON.stringify(board)).not.toContain("The price was clear.");
    const audit = await auditOf(given.id);
    expect(audit.map(({ action }) => action)).toEqual(["response.received", "response.withdrawn"]);
    expect(audit[1]).toMatchObject({ actor: `member:${team.manager.memberId}`, detail: { reason: "She wrote to us" } });
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain("The price was clear.");
    const kept = await countersOf(ctx);
    expect(kept).toEqual(await recountOf(ctx));
    await expect(takeBack(given.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("leaves its contact to the next timely answer, not to a late one or a member's view", async () => {
    const { customerId, id } = await contact();
    const first = await say(await team.worker(later(30)), id, { outcome: 1 });
    const dana = await team.as(team.osc, later(35));
    const own = GiveResponse.parse({ source: "staff", outcome: 5 });
    await team.run(() => giveResponse(dana, { ...own, interactionId: id }));
    const late = await say(await team.worker(later(20 * 24 * 60)), id, { outcome: 1 });
    const second = await say(await team.worker(later(40)), id, { outcome: 4 });
    expect([first, late, second].map(({ countsForClass }) => countsForClass)).toEqual([true, false, false]);
    await takeBack(first.id);
    expect(await rowOf(id)).toMatchObject({ class: "positive", responseId: second.id, outcome: 4 });
    await takeBack(second.id);
    expect(await rowOf(id)).toBeUndefined();
    const manager = await boss();
    const { items } = await team.run(() => getTimeline(manager, { customerId, kind: "interactions" }));
    expect(items.find((item) => item.id === id)?.params.class ?? null).toBeNull();
    expect(
      (await team.run(() => listResponses(manager, { interactionId: id }))).map(({ source }) => source).sort(),
    ).toEqual(["customer", "staff"]);
  });

  test("is found whether it counts or not, page by page, and a late one is taken back like any other", async () => {
    const { id } = await contact();
    const first = await say(await team.worker(later(30)), id, { outcome: 5 });
    const second = await say(await team.worker(later(40)), id, { outcome: 2, comment: "It was noisy." });
    const late = await say(await team.worker(later(20 * 24 * 60)), id, { comment: "It broke again." });
    const dana = await team.as(team.osc, later(50));
    const own = GiveResponse.parse({ source: "staff", outcome: 5 });
    await team.run(() => giveResponse(dana, { ...own, interactionId: id }));
    const all = async () => {
      const manager = await boss();
      const found = [];
      for (let cursor: string | undefined, page = 0; page < 50; page++) {
        const { data, nextCursor } = await team.run(() =>
          listAnswers(manager, AnswersInput.parse({ limit: 2, cursor })),
        );
        found.push(...data);
        if (!nextCursor) break;
        cursor = nextCursor;
      }
      return found.filter(({ interactionId }) => interactionId === id);
    };
    expect(await all()).toMatchObject([
      { id: late.id, isLate: true, countsForClass: false, class: null, comment: "It broke again." },
      { id: second.id, isLate: false, countsForClass: false },
      { id: first.id, isLate: false, countsForClass: true, class: "positive" },
    ]);
    await takeBack(late.id);
    await takeBack(second.id);
    expect((await all()).map(({ id }) => id)).toEqual([first.id]);
    expect(await rowOf(id)).toMatchObject({ class: "positive", responseId: first.id });
    await expect(team.run(() => listAnswers(dana, AnswersInput.parse({})))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("takes its score out of the standard of its contact, and what stood before stays as it was", async () => {
    const { id } = await contact();
    const given = await say(await team.worker(later(30)), id, { outcome: 1 });
    const manager = await boss();
    const before = await team.run(() => listEvaluations(manager, id));
    await takeBack(given.id);
    const after = await team.run(() => listEvaluations(manager, id));
    expect(after.slice(-before.length).map(({ raw }) => raw)).toEqual(before.map(({ raw }) => raw));
    const standing = after[0]?.items.filter(
      ({ judgedBy, result }) => judgedBy === "customer" && result !== "not_applicable",
    );
    expect(standing ?? []).toEqual([]);
  });

  test("keeps the recovery case that it opened: the customer is still to be told", async () => {
    const { customerId, id } = await contact();
    const given = await say(await team.worker(later(30)), id, { outcome: 1, comment: "Nobody called me." });
    await takeBack(given.id);
    const manager = await boss();
    const { data } = await team.run(() => listCases(manager, CasesInput.parse({ limit: 200 })));
    expect(data.find((row) => row.customerId === customerId)).toMatchObject({ interactionId: id, comment: "" });
  });

  test("does not come again from the tool that sent it", async () => {
    const { id } = await contact();
    const sent = { outcome: 2, externalId: "answer-1", sourceSystem: "tool" };
    const given = await say(await team.worker(later(30)), id, sent);
    await takeBack(given.id);
    await expect(say(await team.worker(later(60)), id, sent)).rejects.toMatchObject({
      code: "conflict",
      reason: "withdrawn",
    });
    expect(await rowOf(id)).toBeUndefined();
  });

  test("is the manager's to take back for the customer, and never a member's own view or another workspace's", async () => {
    const { id } = await contact(team.seller.memberId);
    const given = await say(await team.worker(later(30)), id, { outcome: 4 });
    for (const member of [team.osc, team.seller]) {
      const ctx = await team.as(member, later(60));
      await expect(team.run(() => withdrawResponse(ctx, { id: given.id, reason: "" }))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const dana = await team.as(team.osc, later(35));
    const own = GiveResponse.parse({ source: "staff", outcome: 5 });
    const view = await team.run(() => giveResponse(dana, { ...own, interactionId: id }));
    await expect(takeBack(view.id)).rejects.toMatchObject({ code: "refused", reason: "not_the_customers" });
    // Who manages a team takes back what was said of her team's contacts: those of her list of answers.
    const north = { ...(await boss()), teamId: newId() };
    const back = () => team.run(() => withdrawResponse(north, { id: given.id, reason: "" }));
    const { workspaceId, db } = north;
    await team.run(() => db.team.create({ data: { workspaceId, id: north.teamId, name: "North" } }));
    await expect(back()).rejects.toMatchObject({ code: "not_found" });
    const other = await Team.make();
    const stranger = await other.as(other.manager, later(60));
    await expect(other.run(() => withdrawResponse(stranger, { id: given.id, reason: "" }))).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await rowOf(id)).toMatchObject({ class: "positive" });
    await team.run(() =>
      db.member.updateMany({ where: { workspaceId, id: team.seller.memberId }, data: { teamId: north.teamId } }),
    );
    await back();
    expect(await rowOf(id)).toBeUndefined();
  });

  test("cannot be removed in the database by whoever wrote down no withdrawal", async () => {
    const { id } = await contact();
    const given = await say(await team.worker(later(30)), id, { outcome: 4 });
    const ctx = await boss();
    await expect(
      team.run(() => ctx.db.$queryRaw`select app.remove_withdrawn_response(${given.id}::uuid)::text as removed`),
    ).rejects.toThrow();
    await expect(
      team.run(() => ctx.db.$executeRaw`delete from responses where id = ${given.id}::uuid`),
    ).rejects.toThrow();
  });
});

describe("from the signed page", () => {
  const answer = { disconfirmation: 1, outcome: 5, comment: "Good.", language: "en" };

  test("the customer takes back what she said by the same link, counts as silent again, and is not asked anew", async () => {
    const { customerId } = await team.customer();
    const worker = await team.worker(new Date());
    const token = await inviteTo(worker, customerId);
    const page = () => asAsked(token, getSurveyPage);
    expect(await page()).toMatchObject({ state: "open", mayWithdraw: false });
    expect(await asAsked(token, withdrawAnswer)).toBeNull();
    expect(await asAsked(token, (ctx, inviteId) => answerSurvey(ctx, inviteId, answer))).toBe("thanks");
    expect(await page()).toMatchObject({ state: "answered", mayWithdraw: true });
    const asked = await countersOf(worker);
    expect(await asAsked(token, withdrawAnswer)).toBe("withdrawn");
    expect(await page()).toMatchObject({ state: "withdrawn", mayWithdraw: false });
    const kept = await countersOf(worker);
    expect(kept.survey_weeks).not.toEqual(asked.survey_weeks);
    expect(kept).toEqual(await recountOf(worker));
    expect(await asAsked(token, (ctx, inviteId) => answerSurvey(ctx, inviteId, answer))).toBe("withdrawn");
    expect(await asAsked(token, withdrawAnswer)).toBeNull();
    expect(await team.happened(customerId)).toContain("response.withdrawn");
  });

  test("a late answer is hers to take back too", async () => {
    const { customerId } = await team.customer();
    const token = await inviteTo(await team.worker(new Date(Date.now() - 20 * 86_400_000)), customerId);
    expect(await asAsked(token, (ctx, inviteId) => answerSurvey(ctx, inviteId, answer))).toBe("late");
    expect(await asAsked(token, withdrawAnswer)).toBe("withdrawn");
  });
});
