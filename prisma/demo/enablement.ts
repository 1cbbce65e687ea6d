import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { inWorkspace } from "../../lib/db";
import { buildDigests, clockDigest, officeCalendar } from "../../lib/digest/build";
import { weekBefore } from "../../lib/digest/week";
import { assignItem, completeAssignment, createItem, verifyAssignment } from "../../lib/enablement/commands";
import { writeNote } from "../../lib/enablement/notes";
import { AssignItem, CreateItem } from "../../lib/enablement/schema";
import { type Rating, tellExample } from "../../lib/load/tell-example";
import { requestRun } from "../../lib/runs/commands";
import { performRun } from "../../lib/runs/tasks";
import { contextAs } from "./stage";

const day = 86_400_000;
const weeks = 14;
/** How many weeks ago Ines was trained; the others of the price mails were not. */
const trained = 6;

const blame = [
  "I had to ask Marcus twice before anybody named a price.",
  "The price in the mail was another one than on the phone.",
  "Nobody said what would change the price.",
];

const mails = [
  { agent: "ines", often: 6, before: 3, after: 5 },
  { agent: "marcus", often: 4, before: 2, after: 2 },
] as const;

/** Price mails week by week: since her training Ines explains the price, Marcus as before. */
function priceMails(): Rating[] {
  return mails.flatMap(({ agent, often, before, after }, who) =>
    Array.from({ length: weeks }, (_, each) => weeks - each).flatMap((weeksAgo) =>
      Array.from({ length: often }, (_, place): Rating => {
        const isGood = place < (weeksAgo > trained ? before : after);
        const comment = isGood ? "" : (blame[(weeksAgo + place) % blame.length] ?? "");
        const said = { expectation: 4, outcome: isGood ? 4 : 2, comment };
        return { medium: "email", route: "territory", agent, weeksAgo, customer: place + who, said };
      }),
    ),
  );
}

async function momentNamed(ctx: Context, name: string): Promise<string> {
  const { workspaceId } = ctx;
  return (await ctx.db.definingMoment.findFirstOrThrow({ where: { workspaceId, name } })).id;
}

/** A training that Ines had and Marcus has still before him, and what was written for the handover call. */
async function train(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * day);
  const boss = (daysAgo: number) => contextAs(workspaceId, ids, "owner", at(daysAgo));
  const past = await boss(trained * 7 + 3);
  const price = await createItem(
    past,
    CreateItem.parse({
      momentId: await momentNamed(past, "Price explanation"),
      kind: "training",
      name: "Price, line by line",
      nameHe: "המחיר, שורה אחר שורה",
      content: "Go through every line of the offer on the phone first, then send the same lines by mail.",
      contentHe: "לעבור בטלפון על כל שורה בהצעה, ואז לשלוח את אותן שורות בדואר.",
    }),
  );
  const give = async (ctx: Context, key: string, dueAt: Date) => {
    const wish = { id: price.id, memberIds: [ids.get(key) ?? ""], dueAt: dueAt.toISOString() };
    return (await assignItem(ctx, AssignItem.parse(wish))).ids[0] ?? "";
  };
  const hers = await give(past, "ines", at(trained * 7 - 7));
  await completeAssignment(await contextAs(workspaceId, ids, "ines", at(trained * 7)), { id: hers });
  await verifyAssignment(await boss(trained * 7 - 2), { id: hers });
  const his = await give(await boss(3), "marcus", new Date(now.getTime() + 10 * day));
  await writeNote(await boss(2), {
    assignmentId: his,
    text: "Let us go through one of your offers together on Thursday.",
  });
  const playbook = {
    momentId: await momentNamed(past, "Handover call"),
    kind: "playbook",
    name: "Goals in their words",
    nameHe: "המטרות במילים שלהם",
    content: "Open with what they told Sales. Ask what is missing. End with the first date.",
  };
  await createItem(await boss(20), CreateItem.parse(playbook));
}

/** Trains people in the demo, measures whether it worked, and makes last week's digest of every department. */
export async function enablePeople(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  await inWorkspace(workspaceId, async () => {
    const finished = await ctx.db.journey.findMany({
      where: { workspaceId, status: "completed" },
      select: { customerId: true },
      orderBy: { id: "asc" },
      take: 12,
    });
    const customerIds = finished.map(({ customerId }) => customerId);
    await tellExample(
      ctx,
      { type: "proposal/price talk", ratings: priceMails() },
      { customerIds, agents: ids, isRecordedThen: true },
    );
    await train(workspaceId, ids, now);
    const { id } = await requestRun({ ...ctx, now: new Date() }, { kind: "enablement", parameters: {} });
    await performRun(ctx, id);
  });
}

/** Last week's digest of every department, and the next one on the clock. */
export async function tellWeek(workspaceId: string): Promise<void> {
  const ctx = await systemContext(workspaceId);
  await inWorkspace(workspaceId, async () => {
    await buildDigests(ctx, weekBefore(await officeCalendar(ctx), ctx.now).week);
    await clockDigest(ctx);
  });
}
