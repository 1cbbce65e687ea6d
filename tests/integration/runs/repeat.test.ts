import { expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { observeMoments } from "@/lib/evaluations/commands";
import { ObserveMoments } from "@/lib/evaluations/schema";
import { editInteraction } from "@/lib/interactions/commands";
import { setJourneyFields } from "@/lib/journeys/commands";
import { loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { random } from "@/lib/load/people";
import { changeMoment } from "@/lib/moments/commands";
import { listMoments } from "@/lib/moments/queries";
import { repeatRun, requestRun } from "@/lib/runs/commands";
import { compareRuns, readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { codebookInForce } from "@/lib/themes/codebook";
import { tagComment, tagResponse, untagComment } from "@/lib/themes/tagging";
import { Team } from "../../support/owed";
import { contactWith, say } from "../../support/voices";

const day = 86_400_000;
const states = ["missed", "done", "done_well"] as const;

/** A workspace in which anything may happen at random, always through the product's commands. */
async function makeWorld(seed: number) {
  const team = await Team.make();
  const next = random(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const now = () => team.as(team.manager, new Date());
  const people = await Promise.all(Array.from({ length: 6 }, (_, each) => team.customer(`Person ${each}`)));
  const moments = (await team.run(async () => listMoments(await now()))).filter(({ interactionType }) =>
    ["first inquiry", "appointment"].includes(interactionType),
  );
  const alive = new Set(people.map(({ customerId }) => customerId));
  const contacts: { id: string; type: string }[] = [];
  const merges: { id: string; loser: string }[] = [];
  const comments: string[] = [];

  const observe = async (ctx: Context, { id, type }: { id: string; type: string }) => {
    const own = moments.filter(({ interactionType }) => interactionType === type);
    const observations = own.map((moment) => ({ momentId: moment.id, state: pick(states) }));
    await team.run(() => observeMoments(ctx, ObserveMoments.parse({ id, observations })));
    return observations.filter(({ state }) => state === "missed").length;
  };
  const hear = async () => {
    const ctx = await now();
    const startedAt = new Date(ctx.now.getTime() - Math.floor(next() * 90 * day) - day);
    const type = pick(["first inquiry", "appointment"] as const);
    const about = { medium: pick(["phone", "email", "chat"]), route: pick(["inside", "territory", null]) };
    const customerId = pick([...alive]);
    const journey = people.find((each) => each.customerId === customerId);
    const journeyId = journey?.journeyId ?? null;
    const id = await contactWith(ctx, { customerId, journeyId, startedAt, type, ...about, agentId: team.osc.memberId });
    contacts.push({ id, type });
    const missed = await observe(ctx, { id, type });
    const outcome = Math.max(1, 5 - missed - Math.floor(next() * 3));
    const comment = pick(["", "Nobody called back for days", "Friendly, and quick"]);
    const answeredAt = new Date(startedAt.getTime() + 3_600_000).toISOString();
    const response = await say(ctx, id, { outcome, comment, answeredAt });
    if (comment === "") return;
    comments.push(response.id);
    await team.run(async () => tagResponse(await team.worker(new Date()), response.id));
  };
  const tried = async (work: () => Promise<unknown>) => {
    try {
      await team.run(work);
    } catch (error) {
      if (!(error instanceof Error) || !("reason" in error)) throw error;
    }
  };
  const changes: (() => Promise<unknown>)[] = [
    hear,
    async () => observe(await now(), pick(contacts)),
    async () => {
      const ctx = await now();
      const { id } = pick(contacts);
      const row = await team.run(() =>
        ctx.db.interaction.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, id } }),
      );
      await tried(() => editInteraction(ctx, { id, version: row.version, type: pick(["first inquiry", "repair"]) }));
    },
    async () => {
      if (alive.size < 4) return;
      const ctx = await now();
      const [survivorId, loserId = ""] = [...alive].sort(() => next() - 0.5);
      await tried(async () => {
        const { mergeId } = await mergeCustomers(ctx, MergeCustomers.parse({ survivorId, loserId }));
        alive.delete(loserId);
        merges.push({ id: mergeId, loser: loserId });
      });
    },
    async () => {
      const ctx = await now();
      const last = merges.pop();
      if (!last) return;
      await tried(async () => {
        await unmergeCustomers(ctx, { mergeId: last.id });
        alive.add(last.loser);
      });
    },
    async () => {
      const ctx = await now();
      const { customerId, journeyId } = pick(people);
      await tried(() => setJourneyFields(ctx, { customerId, journeyId, valueMinor: Math.floor(next() * 1_000_000) }));
    },
    async () => {
      const ctx = await now();
      const { customerId, journeyId } = pick(people);
      await tried(() => loseJourney(ctx, { customerId, journeyId, lostReason: "price", byCustomer: true }));
    },
    async () => {
      const ctx = await now();
      const { customerId, journeyId } = pick(people);
      await tried(() => reopenJourney(ctx, { customerId, journeyId, reason: "They came back" }));
    },
    async () => {
      const ctx = await now();
      const moment = pick(
        (await team.run(() => listMoments(ctx))).filter(({ id }) => moments.some((m) => m.id === id)),
      );
      await tried(() => changeMoment(ctx, { id: moment.id, version: moment.version, name: `Moment ${next()}` }));
    },
    async () => {
      const ctx = await now();
      const { themes } = await team.run(() => codebookInForce(ctx));
      const about = { responseId: pick(comments), themeId: pick(themes).themeId };
      await tried(() => (next() < 0.5 ? untagComment(ctx, about) : tagComment(ctx, about)));
    },
  ];
  return { team, now, hear, change: () => pick(changes)() };
}

test.each([7])(
  "an analysis asked again finds the same to the byte, whatever was written meanwhile (seed %i)",
  async (seed) => {
    const { team, now, hear, change } = await makeWorld(seed);
    for (let each = 0; each < 48; each++) await hear();
    for (let each = 0; each < 12; each++) await change();
    const asked = [
      RequestRun.parse({ kind: "drivers" }),
      RequestRun.parse({ kind: "drivers", parameters: { type: "first inquiry" } }),
      RequestRun.parse({ kind: "consistency" }),
      RequestRun.parse({ kind: "consistency", parameters: { by: "routes" }, asOf: new Date(Date.now() - 30 * day) }),
      RequestRun.parse({ kind: "themes" }),
    ];
    const firsts: string[] = [];
    for (const input of asked) {
      const { id } = await team.run(async () => requestRun(await now(), input));
      await team.run(async () => performRun(await team.worker(new Date()), id));
      firsts.push(id);
    }
    for (let each = 0; each < 40; each++) await change();
    for (const id of firsts) {
      const again = await team.run(async () => repeatRun(await now(), { id }));
      await team.run(async () => performRun(await team.worker(new Date()), again.id));
      const ctx = await now();
      const [first, second] = await team.run(() => Promise.all([readRun(ctx, { id }), readRun(ctx, { id: again.id })]));
      expect(first.status).toBe("done");
      expect(await team.run(() => compareRuns(ctx, { id, otherId: again.id }))).toEqual({
        isSame: true,
        differences: [],
        isTruncated: false,
      });
      expect(second.resultSha256).toBe(first.resultSha256);
      expect(JSON.stringify(second.result)).toBe(JSON.stringify(first.result));
    }
    for (const [kind, before = ""] of [
      ["drivers", firsts.at(0)],
      ["themes", firsts.at(-1)],
    ] as const) {
      const { id } = await team.run(async () => requestRun(await now(), RequestRun.parse({ kind })));
      await team.run(async () => performRun(await team.worker(new Date()), id));
      const compared = await team.run(async () => compareRuns(await now(), { id: before, otherId: id }));
      expect([kind, compared.isSame]).toEqual([kind, false]);
    }
  },
  90_000,
);
