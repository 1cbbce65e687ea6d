import { beforeEach, describe, expect, test } from "vitest";
import { recordConsent } from "@/lib/consents/commands";
import { getVoiceReport } from "@/lib/consistency/voice";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { listAnswers } from "@/lib/responses/answers";
import { setSurvey } from "@/lib/responses/commands";
import { getSurvey, listResponses } from "@/lib/responses/queries";
import { AnswersInput, SurveyAnswer } from "@/lib/responses/schema";
import { answerSurvey, asAsked, getSurveyPage, noteOpened, refuseSurveys } from "@/lib/responses/survey";
import { surveyTasks } from "@/lib/responses/tasks";
import { sealSurveyToken } from "@/lib/responses/token";
import { monday, Team } from "../../support/owed";
import { contactWith } from "../../support/voices";

let team: Team;

beforeEach(async () => {
  team = await Team.make();
});

const days = (count: number) => new Date(monday.getTime() + count * 86_400_000);

/** A customer who can be written to. */
async function reachable(locale: string | null = null) {
  const made = await team.customer("Maya Halloran");
  const ctx = await team.worker(monday);
  const { workspaceId } = ctx;
  await team.run(async () => {
    const { customerId, personId } = made;
    const point = { kind: "email", value: "maya@example.com", raw: "maya@example.com", provenance: "manual" };
    await ctx.db.contactPoint.create({ data: { workspaceId, id: newId(), customerId, personId, ...point } });
    await ctx.db.person.update({ where: { workspaceId_id: { workspaceId, id: personId } }, data: { locale } });
  });
  return made;
}

const run = async (task: string, payload: Record<string, unknown>, now: Date) => {
  const ctx = await team.worker(now);
  await team.run(() => surveyTasks[task]?.(ctx, payload) ?? Promise.resolve());
};

type Invite = {
  id: string;
  state: string;
  suppression: string | null;
  probability: number;
  seed: number;
  reminded_at: Date | null;
};

async function inviteOf(interactionId: string): Promise<Invite | undefined> {
  const ctx = await team.worker(monday);
  const [row] = await team.run(
    () =>
      ctx.db.$queryRaw<
        Invite[]
      >`select * from survey_invites where workspace_id = ${ctx.workspaceId}::uuid and interaction_id = ${interactionId}::uuid`,
  );
  return row;
}

async function ask(customerId: string, now = monday, rest: Record<string, unknown> = {}) {
  const id = await contactWith(await team.worker(now), { customerId, agentId: team.osc.memberId, ...rest });
  await run("survey.invite", { interactionId: id }, now);
  return { id, invite: await inviteOf(id) };
}

async function mails(): Promise<{ subject: string; text: string; html: string }[]> {
  const ctx = await team.worker(monday);
  return team.run(() =>
    ctx.db.mail.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { createdAt: "asc" } }),
  );
}

const tokenOf = (invite: Invite | undefined) =>
  sealSurveyToken({ workspaceId: team.workspace.id, inviteId: invite?.id ?? "" });

const answer = (
  invite: Invite | undefined,
  now: Date,
  said: { disconfirmation: number; outcome?: number; csat?: number; ces?: number },
  language = "en",
) => asAsked(tokenOf(invite), (ctx, id) => answerSurvey(ctx, id, { ...said, comment: "", language }), now);

describe("asking after a contact", () => {
  test("one letter in her language with her link, the draw kept with it", async () => {
    const { customerId } = await reachable("he");
    const { invite } = await ask(customerId);
    expect(invite).toMatchObject({ state: "sent", suppression: null, probability: 1 });
    const [mail] = await mails();
    expect(mail?.subject).toContain("Dana");
    expect(mail?.html).toContain('dir="rtl"');
    expect(mail?.text).toContain(`/c/survey/${tokenOf(invite)}`);
    await run("survey.invite", { interactionId: (await ask(customerId)).id }, monday);
    expect(await mails()).toHaveLength(1);
  });

  test("once in fourteen days, and not while a complaint is open", async () => {
    const { customerId, journeyId } = await reachable();
    await ask(customerId);
    expect((await ask(customerId, days(13))).invite).toMatchObject({
      state: "suppressed",
      suppression: "asked_lately",
    });
    expect((await ask(customerId, days(14))).invite).toMatchObject({ state: "sent" });
    const osc = await team.as(team.osc, days(30));
    const input = { customerId, journeyId, medium: "phone", direction: "inbound", isTwoWay: true, hadToRepeat: true };
    const { id } = await team.run(() => logInteraction(osc, LogInteraction.parse(input)));
    await run("survey.invite", { interactionId: id }, days(30));
    expect(await inviteOf(id)).toMatchObject({ state: "suppressed", suppression: "open_complaint" });
  });

  test("whoever refuses is asked no more, by our hand or by her own", async () => {
    const { customerId, personId } = await reachable();
    const { invite } = await ask(customerId);
    await asAsked(tokenOf(invite), (ctx, id) => refuseSurveys(ctx, id), days(1));
    expect((await ask(customerId, days(20))).invite).toMatchObject({ suppression: "opted_out" });
    const osc = await team.as(team.osc, days(21));
    const grant = {
      customerId,
      personId,
      medium: "email",
      purpose: "survey",
      state: "granted",
      evidence: { source: "spoken", text: "asked" },
    } as const;
    await team.run(() => recordConsent(osc, grant));
    expect((await ask(customerId, days(40))).invite).toMatchObject({ state: "sent" });
  });

  test("at night it waits for the morning", async () => {
    const { customerId } = await reachable();
    expect((await ask(customerId, new Date("2026-03-02T02:00:00Z"))).invite).toBeUndefined();
    expect(await mails()).toHaveLength(0);
  });

  test("her night is where she is: at noon of the workspace it waits, and goes out when her morning is the workspace's evening", async () => {
    const { customerId } = await reachable();
    const worker = await team.worker(monday);
    const where = { workspaceId: team.workspace.id, id: customerId };
    await team.run(() => worker.db.customer.updateMany({ where, data: { timeZone: "Pacific/Auckland" } }));
    expect((await ask(customerId, new Date("2026-03-02T12:00:00Z"))).invite).toBeUndefined();
    expect((await ask(customerId, new Date("2026-03-02T20:30:00Z"))).invite).toMatchObject({ state: "sent" });
    expect(await mails()).toHaveLength(1);
  });

  test("not at all when it is switched off, and by lot where a share is asked", async () => {
    const manager = await team.as(team.manager);
    await team.run(() => setSurvey(manager, { isOn: false, probability: 1, target: 0.8, version: 0 }));
    const { customerId } = await reachable();
    expect((await ask(customerId)).invite).toBeUndefined();
    await team.run(() => setSurvey(manager, { isOn: true, probability: 0.000001, target: 0.8, version: 1 }));
    expect((await ask(customerId)).invite).toMatchObject({ suppression: "not_drawn", probability: 0.000001 });
    await expect(
      team.run(() => setSurvey(manager, { isOn: true, probability: 1, target: 0.8, version: 1 })),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("a silent person is reminded once, and after fourteen days it is over", async () => {
    const { customerId } = await reachable();
    const { id, invite } = await ask(customerId);
    await run("survey.remind", { inviteId: invite?.id }, days(4));
    await run("survey.remind", { inviteId: invite?.id }, days(5));
    expect(await mails()).toHaveLength(2);
    await run("survey.expire", { inviteId: invite?.id }, days(13));
    expect(await inviteOf(id)).toMatchObject({ state: "sent" });
    await run("survey.expire", { inviteId: invite?.id }, days(14));
    expect(await inviteOf(id)).toMatchObject({ state: "expired" });
  });
});

describe("the answer", () => {
  test("classes the contact; the first one holds when the link was forwarded", async () => {
    const { customerId } = await reachable();
    const { id, invite } = await ask(customerId);
    const page = await asAsked(
      tokenOf(invite),
      async (ctx, inviteId) => {
        await noteOpened(ctx, inviteId);
        return getSurveyPage(ctx, inviteId);
      },
      days(1),
    );
    expect(page).toMatchObject({ state: "open", who: "Dana Whitlock" });
    expect(await inviteOf(id)).toMatchObject({ state: "opened" });
    expect(await answer(invite, days(1), { disconfirmation: 1, outcome: 5 }, "he")).toBe("thanks");
    expect(await answer(invite, days(1), { disconfirmation: -2, outcome: 1 })).toBe("answered");
    const ctx = await team.worker(days(2));
    const { experience_class } = (
      await team.run(
        () => ctx.db.$queryRaw<{ experience_class: string }[]>`
      select experience_class from interactions where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`,
      )
    )[0] ?? { experience_class: null };
    expect(experience_class).toBe("positive");
    await run("survey.remind", { inviteId: invite?.id }, days(4));
    expect(await mails()).toHaveLength(1);
  });

  test("about a repair says how easy we made it, and a hard one opens a case though it was as expected", async () => {
    const { customerId } = await reachable();
    const { id, invite } = await ask(customerId, monday, { type: "repair" });
    const page = await asAsked(tokenOf(invite), getSurveyPage, days(1));
    expect(page).toMatchObject({ type: "repair", asks: "ease" });
    expect(await answer(invite, days(1), { disconfirmation: 0, ces: 2 })).toBe("thanks");
    const ctx = await team.as(team.manager, days(2));
    const [given] = await team.run(() => listResponses(ctx, { interactionId: id }));
    expect(given).toMatchObject({ ces: 2, outcome: null, class: "positive", countsForClass: true });
    const { workspaceId, db } = ctx;
    expect(await team.run(() => db.recoveryCase.count({ where: { workspaceId, interactionId: id } }))).toBe(1);
    for (const said of [
      { disconfirmation: 0 },
      { disconfirmation: 0, csat: 5, ces: 7 },
      { disconfirmation: 0, csat: 6 },
      { disconfirmation: 0, outcome: 5, ces: 7 },
      { disconfirmation: 0, ces: 8 },
    ])
      expect(SurveyAnswer.safeParse(said).success).toBe(false);
  });

  test("says how satisfied she is where the workspace asks for that, and the comparison alone classes the contact", async () => {
    const manager = await team.as(team.manager);
    const plain = { isOn: true, probability: 1, target: 0.8 };
    await team.run(() => setSurvey(manager, { ...plain, seconds: { "design meeting": "csat" }, version: 0 }));
    // What is not named stays.
    await team.run(() => setSurvey(manager, { ...plain, version: 1 }));
    expect(await team.run(() => getSurvey(manager))).toEqual({
      ...plain,
      seconds: { "design meeting": "csat" },
      asksRelationship: true,
      version: 2,
    });
    const { customerId } = await reachable();
    const { id, invite } = await ask(customerId, monday, { type: "design meeting" });
    expect(await asAsked(tokenOf(invite), getSurveyPage, days(1))).toMatchObject({ asks: "csat" });
    expect(await answer(invite, days(1), { disconfirmation: -1, csat: 5 })).toBe("thanks");
    const after = await team.as(team.manager, days(2));
    const [given] = await team.run(() => listResponses(after, { interactionId: id }));
    expect(given).toMatchObject({ csat: 5, outcome: null, class: "neutral", countsForClass: true });
    const { csat } = await team.run(() => getVoiceReport(after, { type: "design meeting", weeks: 26 }));
    expect(csat).toMatchObject({ k: 1, n: 1 });
    const { data } = await team.run(() => listAnswers(after, AnswersInput.parse({})));
    expect(data[0]).toMatchObject({ csat: 5, ces: null });
  });

  test("after fourteen days it is kept and changes no score", async () => {
    const { customerId } = await reachable();
    const { id, invite } = await ask(customerId);
    expect(await answer(invite, days(15), { disconfirmation: -2, outcome: 1 })).toBe("late");
    expect(await answer(invite, days(15), { disconfirmation: 2, outcome: 5 })).toBe("answered");
    const ctx = await team.worker(days(16));
    const [row] = await team.run(
      () => ctx.db.$queryRaw<{ experience_class: string | null }[]>`
      select experience_class from interactions where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`,
    );
    expect(row).toEqual({ experience_class: null });
  });

  test("of a person who was merged meanwhile stands with who she turned out to be", async () => {
    const loser = await reachable();
    const survivor = await team.customer("Maya H.");
    const { invite } = await ask(loser.customerId);
    const manager = await team.as(team.manager, days(1));
    const input = MergeCustomers.parse({ survivorId: survivor.customerId, loserId: loser.customerId });
    await team.run(() => mergeCustomers(manager, input));
    expect(await answer(invite, days(2), { disconfirmation: 0, outcome: 4 })).toBe("thanks");
    expect(await team.happened(survivor.customerId)).toContain("response.received");
  });

  test("by a link of another workspace, or a made-up one, there is nothing", async () => {
    const { customerId } = await reachable();
    const { invite } = await ask(customerId);
    const other = await Team.make();
    const forged = sealSurveyToken({ workspaceId: other.workspace.id, inviteId: invite?.id ?? "" });
    for (const token of [forged, "x.y", `${tokenOf(invite)}A`])
      await expect(asAsked(token, async () => "in", days(1))).rejects.toMatchObject({ code: "not_found" });
  });
});
