import type { Context } from "../context";
import { assignItem, completeAssignment, createItem } from "../enablement/commands";
import { AssignItem, CreateItem } from "../enablement/schema";
import { newId } from "../identifiers";
import { requestRun } from "../runs/commands";
import { performRun } from "../runs/tasks";
import { record, transaction } from "../transaction";
import { type Rating, tellExample } from "./tell-example";

const type = "Example F41";
const day = 86_400_000;
const began = 21;

/** Good ratings before and after, of 33 or 34 in each: 60 and 78 of a hundred who were enabled, 62 and 66 of the others. */
const people = [
  { name: "Fay Frost", isEnabled: true, n: 33, before: 20, after: 26 },
  { name: "Gil Gross", isEnabled: true, n: 33, before: 20, after: 26 },
  { name: "Hal Hagen", isEnabled: true, n: 34, before: 20, after: 26 },
  { name: "Ira Ilan", isEnabled: false, n: 33, before: 21, after: 22 },
  { name: "Joy Jonas", isEnabled: false, n: 33, before: 21, after: 22 },
  { name: "Kay Klein", isEnabled: false, n: 34, before: 20, after: 22 },
] as const;

const rated = (agent: string, weeksAgo: number, k: number, n: number): Rating[] =>
  Array.from({ length: n }, (_, each) => ({
    ...{ medium: "phone", agent, weeksAgo },
    said: { expectation: 4, outcome: each < k ? 4 : 3 },
  }));

async function makePeople(ctx: Context): Promise<Map<string, string>> {
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const spoke = await ctx.db.spoke.findFirstOrThrow({ where: { workspaceId, key: "cs" } });
    const ids = new Map<string, string>();
    for (const { name } of people) {
      const id = newId();
      ids.set(name, id);
      await ctx.db.member.create({
        data: { workspaceId, id, name, roles: ["cs"], spokeId: spoke.id, status: "active" },
      });
      record(ctx, "member.added", { subject: `member:${id}`, detail: { name, roles: ["cs"] } });
    }
    return ids;
  });
}

async function makeMoment(ctx: Context): Promise<string> {
  const id = newId();
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const words = { name: "Goals said back", nameHe: "המטרות נאמרו בחזרה" };
    await ctx.db.definingMoment.create({
      data: { workspaceId, id, interactionType: type, ...words, responsibleRole: "cs", createdAt: ctx.now },
    });
    record(ctx, "moment.created", { subject: `defining_moment:${id}`, detail: { interactionType: type, ...words } });
  });
  return id;
}

/** The worked example of enablement: three people trained three weeks ago, three as low beside them (DOMAIN F41). */
export async function tellEnablement(ctx: Context, customerIds: readonly string[]): Promise<void> {
  const at = (days: number): Context => ({ ...ctx, now: new Date(ctx.now.getTime() - days * day) });
  const agents = await makePeople(at(began + 7));
  const momentId = await makeMoment(at(began + 7));
  const words = {
    name: "The first call",
    nameHe: "השיחה הראשונה",
    content: "Say their goals back before anything else.",
  };
  const { id } = await createItem(at(began + 7), CreateItem.parse({ momentId, kind: "training", ...words }));
  const memberIds = people.flatMap(({ name, isEnabled }) => (isEnabled ? (agents.get(name) ?? []) : []));
  const dueAt = at(0).now.toISOString();
  const { ids } = await assignItem(at(began + 7), AssignItem.parse({ id, memberIds, dueAt }));
  for (const assignmentId of ids) await completeAssignment(at(began), { id: assignmentId });
  const ratings = people.flatMap(({ name, n, before, after }) => [
    ...rated(name, 5, before, n),
    ...rated(name, 1, after, n),
  ]);
  await tellExample(ctx, { type, ratings }, { customerIds, agents });
  const run = await requestRun({ ...ctx, now: new Date() }, { kind: "enablement", parameters: {} });
  await performRun(ctx, run.id);
}
