import { beforeAll, describe, expect, test } from "vitest";
import { getTimeline } from "@/lib/hub/timeline";
import { newId } from "@/lib/identifiers";
import { giveResponse } from "@/lib/responses/commands";
import { listDisagreements, listResponses } from "@/lib/responses/queries";
import { DisagreementInput, GiveResponse } from "@/lib/responses/schema";
import { signTool } from "@/lib/responses/token";
import { getToolAccess, renewToolSecret, takeToolResponse } from "@/lib/responses/tool";
import { later, monday, Team } from "../../support/owed";
import { contactWith, say } from "../../support/voices";

let team: Team;
let other: Team;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
});

const worker = () => team.worker(later(60));

async function contact(rest: Record<string, unknown> = {}) {
  const { customerId } = await team.customer();
  const id = await contactWith(await team.worker(monday), { customerId, agentId: team.osc.memberId, ...rest });
  return { customerId, id };
}

const classOf = async (customerId: string) => {
  const manager = await team.as(team.manager, later(120));
  const { items } = await team.run(() => getTimeline(manager, { customerId, kind: "interactions" }));
  return items[0]?.params.class;
};

describe("what was said of an interaction", () => {
  test.each([
    [{ expectation: 3, outcome: 5 }, "positive"],
    [{ expectation: 5, outcome: 4 }, "neutral"],
    [{ expectation: 5, outcome: 3 }, "negative"],
    [{ expectation: 2, outcome: 2 }, "negative"],
    [{ outcome: 4 }, "positive"],
    [{ disconfirmation: -1 }, "neutral"],
    [{ disconfirmation: -2 }, "negative"],
  ])("%j is told on the timeline as %s (F31)", async (said, expected) => {
    const { customerId, id } = await contact();
    expect(await say(await worker(), id, said)).toMatchObject({ class: expected, countsForClass: true });
    expect(await classOf(customerId)).toBe(expected);
    expect(await team.happened(customerId)).toContain("response.received");
  });

  test("the first word holds, a second one is kept and changes nothing", async () => {
    const { customerId, id } = await contact();
    await say(await worker(), id, { outcome: 5 });
    expect(await say(await worker(), id, { outcome: 1 })).toMatchObject({ class: "negative", countsForClass: false });
    expect(await classOf(customerId)).toBe("positive");
  });

  test("a word after fourteen days is kept for themes alone", async () => {
    const { customerId, id } = await contact();
    const late = await team.worker(later(14 * 24 * 60 + 1));
    expect(await say(late, id, { outcome: 1, comment: "Too slow." })).toMatchObject({
      isLate: true,
      countsForClass: false,
    });
    expect(await classOf(customerId)).toBeNull();
  });

  test("in whatever language it was said, it stays as it was written", async () => {
    const { id } = await contact();
    await say(await worker(), id, { outcome: 5, comment: "היה מצוין", language: "he" });
    const manager = await team.as(team.manager, later(120));
    expect(await team.run(() => listResponses(manager, { interactionId: id }))).toMatchObject([
      { comment: "היה מצוין", language: "he", source: "customer" },
    ]);
  });

  test("it counts for an agent who has left since", async () => {
    const gone = await contact({ agentId: team.seller.memberId });
    const ctx = await worker();
    const where = { workspaceId_id: { workspaceId: team.workspace.id, id: team.seller.memberId } };
    await team.run(() => ctx.db.member.update({ where, data: { status: "deactivated" } }));
    expect(await say(ctx, gone.id, { outcome: 5 })).toMatchObject({ countsForClass: true });
  });

  test.each([{ outcome: 6 }, { outcome: 0 }, { disconfirmation: 3 }, { nps: 11 }, { outcome: 3.5 }, { csat: 0 }])(
    "%j is outside the scale",
    (said) => expect(GiveResponse.safeParse(said).success).toBe(false),
  );

  test("an answer that says nothing is none", async () => {
    const { id } = await contact();
    await expect(say(await worker(), id, { language: "en" })).rejects.toMatchObject({ code: "invalid" });
  });

  test("another workspace's interaction is not there", async () => {
    const { id } = await contact();
    const theirs = await other.as(other.manager, later(60));
    const input = { ...GiveResponse.parse({ outcome: 1 }), interactionId: id };
    await expect(other.run(() => giveResponse(theirs, input))).rejects.toMatchObject({ code: "not_found" });
  });

  test("nobody but managers writes down what customers said", async () => {
    const { id } = await contact();
    const osc = await team.as(team.osc, later(60));
    const input = { ...GiveResponse.parse({ outcome: 5 }), interactionId: id };
    await expect(team.run(() => giveResponse(osc, input))).rejects.toMatchObject({ code: "forbidden" });
    const manager = await team.as(team.manager, later(60));
    expect(await team.run(() => giveResponse(manager, input))).toMatchObject({ class: "positive" });
  });
});

describe("how a member saw it", () => {
  test("is never mixed into the customer's word, and where they differ there is a list", async () => {
    const { customerId, id } = await contact({ type: "design meeting" });
    const osc = await team.as(team.osc, later(60));
    const view = { ...GiveResponse.parse({ source: "staff", outcome: 5, comment: "Went well." }), interactionId: id };
    expect(await team.run(() => giveResponse(osc, view))).toMatchObject({ class: "positive", countsForClass: false });
    expect(await classOf(customerId)).toBeNull();
    await say(await worker(), id, { outcome: 2, comment: "Nobody knew our file." });
    expect(await classOf(customerId)).toBe("negative");
    await expect(team.run(() => giveResponse(osc, view))).rejects.toMatchObject({
      code: "conflict",
      reason: "duplicate",
    });

    const manager = await team.as(team.manager, later(120));
    const input = DisagreementInput.parse({ type: "design meeting" });
    const { data } = await team.run(() => listDisagreements(manager, input));
    expect(data).toMatchObject([
      {
        interactionId: id,
        staffName: "Dana Whitlock",
        staffClass: "positive",
        customerClass: "negative",
        customerComment: "Nobody knew our file.",
      },
    ]);
    await expect(team.run(() => listDisagreements(osc, input))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("an outside survey tool", () => {
  const now = later(60);
  const send = async (said: Record<string, unknown>, { secret = "", at = now, slug = team.workspace.slug } = {}) => {
    const owner = await team.as(team.workspace.owner, now);
    const access = await team.run(() => getToolAccess(owner));
    const seconds = Math.floor(at.getTime() / 1000);
    const body = JSON.stringify(said);
    const signature = signTool(secret || access.secret, seconds, body);
    return takeToolResponse({ slug, timestamp: String(seconds), signature, body }, now);
  };

  test("is believed by its signature, and the same answer twice is one", async () => {
    const { customerId, id } = await contact();
    const said = { externalId: newId(), interactionId: id, expectation: 4, outcome: 4 };
    const first = await send(said);
    expect(first).toMatchObject({ class: "positive", source: "tool", isNew: true });
    expect(await send(said)).toEqual({ ...first, isNew: false });
    await expect(send({ ...said, outcome: 1 })).rejects.toMatchObject({ code: "conflict", reason: "duplicate" });
    expect(await classOf(customerId)).toBe("positive");
  });

  test("may name the interaction by the id of the system that it came from", async () => {
    const call = newId();
    await contact({ sourceSystem: "switch", externalId: call });
    const interaction = { sourceSystem: "switch", externalId: call };
    expect(await send({ externalId: newId(), interaction, outcome: 2 })).toMatchObject({ class: "negative" });
  });

  test("is refused with a wrong secret, an old hour, and in another workspace", async () => {
    const { id } = await contact();
    const said = { externalId: newId(), interactionId: id, outcome: 4 };
    await expect(send(said, { secret: "guess" })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(send(said, { at: later(50) })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(send(said, { slug: other.workspace.slug })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(send({ ...said, outcome: 9 })).rejects.toMatchObject({ code: "invalid" });
    await expect(send({ ...said, interactionId: newId() })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is refused with the secret of yesterday", async () => {
    const { id } = await contact();
    const owner = await team.as(team.workspace.owner, now);
    const { secret } = await team.run(() => getToolAccess(owner));
    await team.run(() => renewToolSecret(owner));
    await expect(send({ externalId: newId(), interactionId: id, outcome: 4 }, { secret })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});
