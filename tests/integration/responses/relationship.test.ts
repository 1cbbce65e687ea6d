import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { getVoiceReport } from "@/lib/consistency/voice";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { TimelineInput } from "@/lib/hub/schema";
import { getTimeline } from "@/lib/hub/timeline";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { nightlyTasks } from "@/lib/job/handlers";
import { setSurvey } from "@/lib/responses/commands";
import { clockRelationships } from "@/lib/responses/relationship";
import { listRelationshipAnswers } from "@/lib/responses/relationship-queries";
import {
  answerRelationship,
  getRelationshipPage,
  withdrawRelationship,
  withdrawRelationshipAnswer,
} from "@/lib/responses/relationship-survey";
import { seedOf, turnDays } from "@/lib/responses/rules";
import { RelationshipAnswersInput } from "@/lib/responses/schema";
import { asAsked, noteOpened, refuseSurveys } from "@/lib/responses/survey";
import { surveyTasks } from "@/lib/responses/tasks";
import { sealSurveyToken } from "@/lib/responses/token";
import { monday, Team } from "../../support/owed";
import { makeCustomer } from "../../support/story";
import { contactWith, countersOf } from "../../support/voices";

let team: Team;

beforeEach(async () => {
  team = await Team.make();
});

const day = 86_400_000;
const daysAfter = (at: Date, days: number) => new Date(at.getTime() + days * day);

/** Noon of the first day of her turn in the half-year that begins with July. */
const turnOfHer = (personId: string) => new Date(Date.UTC(2026, 6, 1, 12) + (seedOf(personId) % turnDays) * day);

/** A customer who bought and can be written to, and when it is her turn. */
async function bought({ stageKey = "won", email = "maya@example.com" as string | null, locale = "en" } = {}) {
  const made = await makeCustomer(await team.as(team.osc), team.osc, { stageKey });
  const ctx = await team.worker(monday);
  const { workspaceId } = ctx;
  const { customerId, personId } = made;
  await team.run(async () => {
    if (email) {
      const point = { kind: "email", value: email, raw: email, provenance: "manual" };
      await ctx.db.contactPoint.create({ data: { workspaceId, id: newId(), customerId, personId, ...point } });
    }
    await ctx.db.person.update({ where: { workspaceId_id: { workspaceId, id: personId } }, data: { locale } });
  });
  return { ...made, turn: turnOfHer(personId) };
}

const run = async (task: string, payload: Record<string, unknown>, now: Date) => {
  const ctx = await team.worker(now);
  await team.run(() => surveyTasks[task]?.(ctx, payload) ?? Promise.resolve());
};

type Invite = {
  id: string;
  half: string;
  state: string;
  suppression: string | null;
  probability: number;
  seed: number;
  sent_at: Date | null;
  reminded_at: Date | null;
};

async function invitesOf(personId: string): Promise<Invite[]> {
  const ctx = await team.worker(monday);
  return team.run(
    () =>
      ctx.db.$queryRaw<Invite[]>`select * from relationship_invites where workspace_id = ${ctx.workspaceId}::uuid
        and person_id = ${personId}::uuid order by half`,
  );
}

async function ask(personId: string, now: Date): Promise<Invite | undefined> {
  await run("relationship.invite", { personId }, now);
  return (await invitesOf(personId)).at(-1);
}

/** How many the night puts on the clock. */
const night = async (at: Date) => {
  const ctx = await team.worker(at);
  return team.run(() => clockRelationships(ctx));
};

async function mails(): Promise<{ subject: string; text: string; html: string }[]> {
  const ctx = await team.worker(monday);
  return team.run(() =>
    ctx.db.mail.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { createdAt: "asc" } }),
  );
}

const tokenOf = (invite: Invite | undefined) =>
  sealSurveyToken({ workspaceId: team.workspace.id, inviteId: invite?.id ?? "" });

const answer = (invite: Invite | undefined, now: Date, nps: number, comment = "") =>
  asAsked(tokenOf(invite), (ctx, id) => answerRelationship(ctx, id, { nps, comment, language: "en" }), now);

async function auditOf(subject: string) {
  const ctx = await team.worker(monday);
  const where = { workspaceId: ctx.workspaceId, subject };
  return team.run(() => ctx.db.auditEntry.findMany({ where, orderBy: { seq: "asc" } }));
}

describe("asking about the relationship", () => {
  test("whose turn it is, who bought and has an address, is put on the clock, and nobody else", async () => {
    const her = await bought();
    await bought({ stageKey: "first" });
    await bought({ email: null });
    expect(await night(daysAfter(her.turn, -1))).toBe(0);
    await nightlyTasks["relationships.clock"]?.(her.turn);
    const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
    await owner.connect();
    const { rows: jobs } = await owner.query<{ key: string; run_at: Date }>(
      "select key, run_at from graphile_worker._private_jobs where key like $1",
      [`${team.workspace.id}:relationship:%`],
    );
    await owner.end();
    expect(jobs).toEqual([{ key: `${team.workspace.id}:relationship:${her.personId}`, run_at: her.turn }]);
    await ask(her.personId, her.turn);
    expect(await night(daysAfter(her.turn, 1))).toBe(0);
  });

  test("one letter in her language with her link, the draw kept with it, once in a half-year", async () => {
    const { personId, customerId, turn } = await bought({ locale: "he" });
    const invite = await ask(personId, turn);
    expect(invite).toMatchObject({ state: "sent", suppression: null, probability: 1, half: "2026-2" });
    const [mail] = await mails();
    expect(mail?.subject).toContain("האם תמליצו על");
    expect(mail?.html).toContain('dir="rtl"');
    expect(mail?.text).toContain(`/c/survey/${tokenOf(invite)}`);
    await ask(personId, daysAfter(turn, 20));
    expect(await invitesOf(personId)).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
    expect(await team.happened(customerId)).toContain("survey.sent");
    const next = await ask(personId, daysAfter(turn, 184));
    expect(next).toMatchObject({ state: "sent", half: "2027-1" });
  });

  test("not who has not bought, and not when it is switched off, alone or with all the others", async () => {
    const fresh = await bought({ stageKey: "first" });
    expect(await ask(fresh.personId, fresh.turn)).toBeUndefined();
    const { personId, turn } = await bought();
    const manager = await team.as(team.manager);
    const plain = { isOn: true, probability: 1, target: 0.8 };
    await team.run(() => setSurvey(manager, { ...plain, asksRelationship: false, version: 0 }));
    expect([await ask(personId, turn), await night(turn)]).toEqual([undefined, 0]);
    await team.run(() => setSurvey(manager, { ...plain, isOn: false, asksRelationship: true, version: 1 }));
    expect([await ask(personId, turn), await night(turn)]).toEqual([undefined, 0]);
    await team.run(() => setSurvey(manager, { ...plain, probability: 0.000001, version: 2 }));
    expect(await ask(personId, turn)).toMatchObject({ suppression: "not_drawn", probability: 0.000001 });
    expect(await night(turn)).toBe(0);
  });

  test("it shares the fourteen days with questions about contacts, and waits for them within the turn", async () => {
    const { personId, customerId, turn } = await bought();
    const about = async (now: Date) => {
      const ctx = await team.worker(now);
      const id = await contactWith(ctx, { customerId, personId, agentId: team.osc.memberId });
      await run("survey.invite", { interactionId: id }, now);
      const [row] = await team.run(
        () => ctx.db.$queryRaw<{ state: string; suppression: string | null }[]>`
          select state, suppression from survey_invites where workspace_id = ${ctx.workspaceId}::uuid and interaction_id = ${id}::uuid`,
      );
      return row;
    };
    expect(await about(daysAfter(turn, -1))).toMatchObject({ state: "sent" });
    expect(await ask(personId, turn)).toMatchObject({ state: "suppressed", suppression: "asked_lately" });
    expect(await night(daysAfter(turn, 1))).toBe(1);
    const waited = await ask(personId, daysAfter(turn, 13));
    expect(waited).toMatchObject({ state: "sent", suppression: null });
    expect(await invitesOf(personId)).toHaveLength(1);
    expect(await about(daysAfter(turn, 20))).toMatchObject({ state: "suppressed", suppression: "asked_lately" });
    expect(await about(daysAfter(turn, 27))).toMatchObject({ state: "sent" });
  });

  test("not while a complaint is open, not a shop person, and whoever refuses is asked about nothing any more", async () => {
    const { personId, customerId, journeyId, turn } = await bought();
    const osc = await team.as(team.osc, turn);
    const input = { customerId, journeyId, medium: "phone", direction: "inbound", isTwoWay: true, hadToRepeat: true };
    await team.run(() => logInteraction(osc, LogInteraction.parse(input)));
    expect(await ask(personId, turn)).toMatchObject({ suppression: "open_complaint" });

    const shop = await bought();
    const ctx = await team.worker(monday);
    await team.run(
      () =>
        ctx.db
          .$executeRaw`update persons set is_test = true where workspace_id = ${ctx.workspaceId}::uuid and id = ${shop.personId}::uuid`,
    );
    expect(await ask(shop.personId, shop.turn)).toMatchObject({ suppression: "test_person" });

    const third = await bought();
    const invite = await ask(third.personId, third.turn);
    await asAsked(tokenOf(invite), refuseSurveys, daysAfter(third.turn, 1));
    expect(await ask(third.personId, daysAfter(third.turn, 184))).toMatchObject({ suppression: "opted_out" });
    const later = daysAfter(third.turn, 30);
    const id = await contactWith(await team.worker(later), {
      customerId: third.customerId,
      agentId: team.osc.memberId,
    });
    await run("survey.invite", { interactionId: id }, later);
    expect(await mails()).toHaveLength(1);
  });

  test("at night it waits for the morning, hers", async () => {
    const { personId, customerId, turn } = await bought();
    const worker = await team.worker(monday);
    const where = { workspaceId: team.workspace.id, id: customerId };
    await team.run(() => worker.db.customer.updateMany({ where, data: { timeZone: "Pacific/Auckland" } }));
    expect(await ask(personId, turn)).toBeUndefined();
    expect(await ask(personId, new Date(turn.getTime() + 11 * 3_600_000))).toMatchObject({ state: "sent" });
  });

  test("a silent person is reminded once, and after fourteen days it is over", async () => {
    const { personId, turn } = await bought();
    const invite = await ask(personId, turn);
    await run("relationship.remind", { inviteId: invite?.id }, daysAfter(turn, 4));
    await run("relationship.remind", { inviteId: invite?.id }, daysAfter(turn, 5));
    expect(await mails()).toHaveLength(2);
    await run("relationship.expire", { inviteId: invite?.id }, daysAfter(turn, 13));
    expect((await invitesOf(personId))[0]).toMatchObject({ state: "sent" });
    await run("relationship.expire", { inviteId: invite?.id }, daysAfter(turn, 14));
    expect((await invitesOf(personId))[0]).toMatchObject({ state: "expired" });
  });

  test("who was asked and then turned out to be somebody else is not asked a second time", async () => {
    const loser = await bought();
    const survivor = await bought({ email: "m.halloran@example.com" });
    await ask(loser.personId, loser.turn);
    const now = daysAfter(loser.turn, 1);
    const manager = await team.as(team.manager, now);
    const input = MergeCustomers.parse({
      survivorId: survivor.customerId,
      loserId: loser.customerId,
      persons: [{ loserPersonId: loser.personId, into: survivor.personId }],
    });
    await team.run(() => mergeCustomers(manager, input));
    expect(await ask(survivor.personId, survivor.turn)).toBeUndefined();
    const [invite] = await invitesOf(loser.personId);
    expect(await answer(invite, daysAfter(loser.turn, 2), 9)).toBe("thanks");
    const { data } = await team.run(() => listRelationshipAnswers(manager, RelationshipAnswersInput.parse({})));
    expect(data).toMatchObject([{ customerId: survivor.customerId, nps: 9 }]);
  });
});

describe("what she says of the relationship", () => {
  test("is one number and a comment: the first holds, no contact is classed, no counter moves", async () => {
    const { personId, customerId, turn } = await bought();
    const contact = await contactWith(await team.worker(turn), { customerId, personId });
    const before = await countersOf(await team.worker(turn));
    const invite = await ask(personId, turn);
    const now = daysAfter(turn, 1);
    const page = await asAsked(
      tokenOf(invite),
      async (ctx, id, about) => {
        await noteOpened(ctx, id, about);
        return getRelationshipPage(ctx, id);
      },
      now,
    );
    expect(page).toMatchObject({ about: "relationship", state: "open", mayWithdraw: false });
    expect((await invitesOf(personId))[0]).toMatchObject({ state: "opened" });
    expect(await answer(invite, now, 3, "Nobody calls back.")).toBe("thanks");
    expect(await answer(invite, now, 10)).toBe("answered");
    expect((await invitesOf(personId))[0]).toMatchObject({ state: "answered" });
    const manager = await team.as(team.manager, now);
    const { data } = await team.run(() =>
      listRelationshipAnswers(manager, RelationshipAnswersInput.parse({ customerId })),
    );
    expect(data).toMatchObject([{ customerId, nps: 3, comment: "Nobody calls back.", isLate: false }]);
    expect(await countersOf(manager)).toEqual(before);
    const [row] = await team.run(
      () => manager.db.$queryRaw<{ experience_class: string | null }[]>`
        select experience_class from interactions where workspace_id = ${manager.workspaceId}::uuid and id = ${contact}::uuid`,
    );
    expect(row).toEqual({ experience_class: null });
    expect(await team.happened(customerId)).toContain("relationship.answered");
    await run("relationship.remind", { inviteId: invite?.id }, daysAfter(turn, 4));
    expect(await mails()).toHaveLength(1);
  });

  test("stands as F30 with its interval and response rate, apart from what tools say of contacts, and few answers are said to be few", async () => {
    const scores = [10, 9, 9, 8, 7, 6, 10, 3, 9, 8, 10, 5];
    const now = new Date("2026-12-20T12:00:00Z");
    for (const nps of [...scores, null]) {
      const { personId, turn } = await bought({ email: `${newId()}@example.com` });
      const invite = await ask(personId, turn);
      if (nps !== null) await answer(invite, daysAfter(turn, 1), nps);
    }
    const manager = await team.as(team.manager, now);
    const voice = await team.run(() => getVoiceReport(manager, { weeks: 0 }));
    expect(voice.nps).toBeNull();
    expect(voice.relationship?.nps).toMatchObject({ n: 12, score: 25 });
    expect(voice.relationship?.nps?.standardError).toBeCloseTo(23.9357, 4);
    expect(voice.relationship?.nps?.lo).toBeCloseTo(-21.9131, 4);
    expect(voice.relationship?.nps?.hi).toBeCloseTo(71.9131, 4);
    expect(voice.relationship?.coverage).toMatchObject({ response: { k: 12, n: 13 }, isLow: true });
    // It is of no type of contact and of no team.
    expect((await team.run(() => getVoiceReport(manager, { weeks: 0, type: "repair" }))).relationship).toBeNull();
    const teamOnly = { ...manager, teamId: newId() };
    expect((await team.run(() => getVoiceReport(teamOnly, { weeks: 0 }))).relationship).toBeNull();
  });

  test("stands on her timeline for her OSC and a manager, and for nobody who only had contacts with her", async () => {
    const { personId, customerId, turn } = await bought();
    await answer(await ask(personId, turn), daysAfter(turn, 1), 9, "Always the same voice.");
    const read = async (ctx: Context, kind: "all" | "relationship" = "relationship") =>
      (await team.run(() => getTimeline(ctx, TimelineInput.parse({ customerId, kind })))).items;
    const now = daysAfter(turn, 2);
    const osc = await team.as(team.osc, now);
    expect(await read(osc)).toMatchObject([
      {
        kind: "relationship",
        text: "Always the same voice.",
        params: { nps: 9, isLate: false, person: "Maya Halloran" },
      },
    ]);
    expect((await read(osc, "all"))[0]?.kind).toBe("relationship");
    expect(await read(await team.as(team.manager, now))).toHaveLength(1);
    expect(await read(await team.as(team.osc, now, ["sales"]))).toEqual([]);
  });

  test("after fourteen days it is kept and in no figure", async () => {
    const { personId, turn } = await bought();
    const invite = await ask(personId, turn);
    expect(await answer(invite, daysAfter(turn, 15), 0)).toBe("late");
    const manager = await team.as(team.manager, daysAfter(turn, 16));
    const { relationship } = await team.run(() => getVoiceReport(manager, { weeks: 26 }));
    expect(relationship).toMatchObject({ nps: null, coverage: { response: { k: 0, n: 1 } } });
    expect(await asAsked(tokenOf(invite), getRelationshipPage, daysAfter(turn, 16))).toMatchObject({
      state: "late",
      mayWithdraw: true,
    });
  });

  test("is deleted when she takes it back, by her link or by a manager's hand, and is not given anew", async () => {
    const { personId, customerId, turn } = await bought();
    const invite = await ask(personId, turn);
    const now = daysAfter(turn, 1);
    await answer(invite, now, 2, "Said in anger.");
    expect(await asAsked(tokenOf(invite), withdrawRelationshipAnswer, now)).toBe("withdrawn");
    expect(await asAsked(tokenOf(invite), withdrawRelationshipAnswer, now)).toBeNull();
    expect(await answer(invite, now, 10)).toBe("withdrawn");
    expect(await asAsked(tokenOf(invite), getRelationshipPage, now)).toMatchObject({ state: "withdrawn" });
    const manager = await team.as(team.manager, now);
    const all = () => team.run(() => listRelationshipAnswers(manager, RelationshipAnswersInput.parse({})));
    expect((await all()).data).toEqual([]);
    expect((await team.run(() => getVoiceReport(manager, { weeks: 26 }))).relationship?.nps).toBeNull();
    expect(await team.happened(customerId)).toContain("relationship.withdrawn");

    const other = await bought();
    await answer(await ask(other.personId, other.turn), daysAfter(other.turn, 1), 1, "Wrong company.");
    const [given] = (await all()).data;
    const id = given?.id ?? "";
    const osc = await team.as(team.osc, daysAfter(other.turn, 2));
    await expect(team.run(() => withdrawRelationship(osc, { id, reason: "" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await team.run(() => withdrawRelationship(manager, { id, reason: "She wrote to us" }));
    expect((await all()).data).toEqual([]);
    const audit = await auditOf(`relationship_response:${id}`);
    expect(audit.map(({ action }) => action)).toEqual(["relationship.answered", "relationship.withdrawn"]);
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain("Wrong company.");
    await expect(team.run(() => withdrawRelationship(manager, { id, reason: "" }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("can be neither changed nor removed by the application, but after its withdrawal", async () => {
    const { personId, turn } = await bought();
    await answer(await ask(personId, turn), daysAfter(turn, 1), 7);
    const ctx = await team.worker(turn);
    const w = ctx.workspaceId;
    for (const statement of [
      () => ctx.db.$executeRaw`update relationship_responses set nps = 10 where workspace_id = ${w}::uuid`,
      () => ctx.db.$executeRaw`delete from relationship_responses where workspace_id = ${w}::uuid`,
      () =>
        ctx.db
          .$queryRaw`select app.remove_relationship_response(r.id)::text from relationship_responses r where r.workspace_id = ${w}::uuid`,
    ])
      await expect(team.run(statement)).rejects.toThrow();
  });

  test("by a link of another workspace, or an id of one, there is nothing", async () => {
    const { personId, turn } = await bought();
    const invite = await ask(personId, turn);
    await answer(invite, daysAfter(turn, 1), 7);
    const manager = await team.as(team.manager, daysAfter(turn, 2));
    const { data } = await team.run(() => listRelationshipAnswers(manager, RelationshipAnswersInput.parse({})));
    const other = await Team.make();
    const forged = sealSurveyToken({ workspaceId: other.workspace.id, inviteId: invite?.id ?? "" });
    await expect(asAsked(forged, async () => "in", daysAfter(turn, 1))).rejects.toMatchObject({ code: "not_found" });
    const theirs = await other.as(other.manager, daysAfter(turn, 2));
    await expect(
      other.run(() => withdrawRelationship(theirs, { id: data[0]?.id ?? "", reason: "" })),
    ).rejects.toMatchObject({ code: "not_found" });
    expect((await other.run(() => listRelationshipAnswers(theirs, RelationshipAnswersInput.parse({})))).data).toEqual(
      [],
    );
  });
});
