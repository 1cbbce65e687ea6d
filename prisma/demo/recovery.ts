import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { inWorkspace } from "../../lib/db";
import { editImprovement, moveImprovement } from "../../lib/improvements/commands";
import { closeCase, takeCaseStep } from "../../lib/recovery-cases/commands";
import { getCase } from "../../lib/recovery-cases/queries";
import type { CaseStepName } from "../../lib/recovery-cases/schema";
import { writeResponse } from "../../lib/responses/commands";
import { GiveResponse } from "../../lib/responses/schema";
import { retag } from "../../lib/themes/tagging";
import { contextAs } from "./stage";

const hour = 3_600_000;
const day = 24 * hour;

/** How many days ago work on the price began, and ended. */
const begun = 56;
const ended = 42;
/** Younger cases are still open. */
const stillOpen = 9;

type Old = { id: string; openedAt: Date; cause: string };

/** Cases that are closed by now, the first one first, each with what its comment spoke of. */
const readOld = (ctx: Context, until: Date) => ctx.db.$queryRaw<Old[]>`
  select c.id, c.opened_at as "openedAt", coalesce((select t.key from comment_tags g join themes t on t.workspace_id = g.workspace_id and t.id = g.theme_id
    where g.workspace_id = c.workspace_id and g.response_id = c.response_id and g.removed_at is null order by t.key desc limit 1), 'product_knowledge') as cause
  from recovery_cases c where c.workspace_id = ${ctx.workspaceId}::uuid and c.closed_at is null and c.opened_at < ${until} order by c.opened_at, c.id`;

const said: Record<CaseStepName, string> = {
  call_and_apologise: "Called, said sorry, asked what they had expected.",
  put_right: "Sent the offer again, every line with its price.",
  customer_told: "Told them what was changed and who answers from now on.",
};

type Work = { workspaceId: string; ids: Map<string, string>; isSlow: boolean };

/** Dana works one case from her call to its cause, most within the day. */
async function work({ id, openedAt, cause }: Old, { workspaceId, ids, isSlow }: Work): Promise<string | null> {
  const at = (hours: number) => contextAs(workspaceId, ids, "dana", new Date(openedAt.getTime() + hours * hour));
  const hours: Record<CaseStepName, number> = { call_and_apologise: 2, put_right: 5, customer_told: isSlow ? 75 : 20 };
  let found = await getCase(await at(1), { id });
  for (const { id: stepId, name } of found.steps) {
    await takeCaseStep(await at(hours[name]), { id, version: found.version, stepId, note: said[name] });
    found = { ...found, version: found.version + 1 };
  }
  const close = { id, version: found.version, state: "recovered" as const, outcome: "They stay with us.", cause };
  return (await closeCase(await at(hours.customer_told + 1), close)).improvementId;
}

/** Dana called, and the rest is still to be done. */
async function callOnly(found: Old | undefined, workspaceId: string, ids: Map<string, string>): Promise<void> {
  if (!found) return;
  const { id, openedAt } = found;
  const ctx = await contextAs(workspaceId, ids, "dana", new Date(openedAt.getTime() + 2 * hour));
  const { steps, version } = await getCase(ctx, { id });
  await takeCaseStep(ctx, { id, version, stepId: steps[0]?.id ?? "", note: said.call_and_apologise });
}

type Change = { id: string; workspaceId: string; ids: Map<string, string>; before: (days: number) => Date };

/** Theo agrees at once; Ines begins eight weeks ago. */
async function begin({ id, workspaceId, ids, before }: Change, proposedAt: Date): Promise<void> {
  const boss = await contextAs(workspaceId, ids, "owner", proposedAt);
  await editImprovement(boss, {
    ...{ id, version: 1, title: "Every line of the price on the phone first, then by mail" },
    ...{ ownerId: ids.get("ines") ?? "", dueOn: before(ended).toISOString().slice(0, 10) },
  });
  await moveImprovement(boss, { id, version: 2, state: "accepted", note: "" });
  const ines = await contextAs(workspaceId, ids, "ines", before(begun));
  await moveImprovement(ines, { id, version: 3, state: "in_progress", note: "" });
}

/** Ines has done it six weeks ago. */
async function finish({ id, workspaceId, ids, before }: Change): Promise<void> {
  const ines = await contextAs(workspaceId, ids, "ines", before(ended));
  const note = "The price sheet is read out before it is sent.";
  await moveImprovement(ines, { id, version: 4, state: "done", note });
}

/** Somebody whose journey goes on says that she was let down: the case stands on Home and on her Wheel. */
async function letDown(ctx: Context, oscId: string): Promise<void> {
  const [call] = await ctx.db.$queryRaw<{ id: string }[]>`
    select i.id from interactions i join journeys j on j.workspace_id = i.workspace_id and j.id = i.journey_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and j.osc_id = ${oscId}::uuid and j.status = 'active' and j.off_track_since is null and i.is_two_way
      and not i.is_automated and i.experience_class is null and i.started_at > ${new Date(ctx.now.getTime() - 12 * day)}
    order by i.started_at desc, i.id limit 1`;
  if (!call) return;
  const answer = { expectation: 4, outcome: 2, comment: "I was promised a call back on Thursday and nobody called." };
  await writeResponse(ctx, { ...GiveResponse.parse(answer), interactionId: call.id });
}

/** What was done about every bad contact of the demo, and what was changed because one cause came back. */
export async function putRight(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  await inWorkspace(workspaceId, async () => {
    await letDown({ ...ctx, now: new Date(now.getTime() - 3 * hour) }, ids.get("dana") ?? "");
    await retag(ctx);
    const old = await readOld(ctx, new Date(now.getTime() - stillOpen * day));
    const before = (days: number) => new Date(now.getTime() - days * day);
    let change: Change | null = null;
    let isDone = false;
    // The last two wait: one for everything, one for what comes after the call.
    for (const [place, each] of old.slice(0, -2).entries()) {
      if (change && !isDone && each.openedAt > before(ended)) {
        await finish(change);
        isDone = true;
      }
      const id = await work(each, { workspaceId, ids, isSlow: place % 6 === 5 });
      if (change || id === null || each.cause !== "price_clarity") continue;
      change = { id, workspaceId, ids, before };
      await begin(change, new Date(each.openedAt.getTime() + 4 * day));
    }
    await callOnly(old.at(-1), workspaceId, ids);
  });
}
