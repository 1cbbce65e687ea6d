import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record } from "../transaction";
import { usualDays } from "./rules";

type Cause = { themeId: string; key: string; name: string };

const day = 86_400_000;

/** How often a cause may come back before something is changed, within how many days, and for what share no play is played. */
export async function repeatSettings(
  ctx: Context,
): Promise<{ repeatThreshold: number; repeatDays: number; holdoutPercent: number; version: number }> {
  const row = await ctx.db.recoverySetting.findFirst({
    where: { workspaceId: ctx.workspaceId },
    select: { repeatThreshold: true, repeatDays: true, holdoutPercent: true, version: true },
  });
  return row ?? { repeatThreshold: 3, repeatDays: 90, holdoutPercent: 0, version: 0 };
}

/** Who decides about improvements: a manager who is nothing above that, else one who is, the one who has been here longest. */
export async function usualOwner(ctx: Context): Promise<string | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from members where workspace_id = ${ctx.workspaceId}::uuid and status in ('active', 'invited') and roles && array['manager', 'owner']
    order by ('manager' = any(roles) and not 'owner' = any(roles)) desc, ('manager' = any(roles)) desc, (status = 'active') desc, id limit 1`;
  return row?.id ?? null;
}

/** Links cases that no improvement has yet; answers how many. */
async function link(ctx: Context, improvementId: string, which: Prisma.Sql): Promise<number> {
  return ctx.db.$executeRaw`
    insert into improvement_cases (workspace_id, improvement_id, case_id, linked_at)
    select c.workspace_id, ${improvementId}::uuid, c.id, ${ctx.now} from recovery_cases c where c.workspace_id = ${ctx.workspaceId}::uuid and ${which}
    on conflict do nothing`;
}

/** The type of contact that most of these cases came from when it is every one of them; else null, which is every type. */
async function sharedType(ctx: Context, which: Prisma.Sql): Promise<string | null> {
  const rows = await ctx.db.$queryRaw<{ type: string }[]>`
    select distinct i.type from recovery_cases c join interactions i on i.workspace_id = c.workspace_id and i.id = c.interaction_id
    where c.workspace_id = ${ctx.workspaceId}::uuid and ${which} limit 2`;
  return rows.length === 1 ? (rows[0]?.type ?? null) : null;
}

/**
 * After a case was closed: an improvement that stands for its cause takes it in; without one, a cause that came back as often
 * as the workspace says becomes a proposed improvement with owner and date, linked with its cases. In the caller's transaction,
 * behind the lock of the cause, so that two closings make one. Answers the improvement, if any.
 */
export async function linkRepeatedCause(
  ctx: Context,
  { caseId, theme }: { caseId: string; theme: Cause },
): Promise<string | null> {
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from themes where workspace_id = ${workspaceId}::uuid and id = ${theme.themeId}::uuid for update`;
  const standing = await ctx.db.improvement.findFirst({
    where: { workspaceId, cause: theme.key, state: { in: ["proposed", "accepted", "in_progress"] } },
    select: { id: true },
  });
  if (standing) {
    await link(ctx, standing.id, Prisma.sql`c.id = ${caseId}::uuid`);
    return standing.id;
  }
  const { repeatThreshold, repeatDays } = await repeatSettings(ctx);
  const since = new Date(ctx.now.getTime() - repeatDays * day);
  const repeated = Prisma.sql`c.cause = ${theme.key} and c.state in ('recovered', 'lost') and c.closed_at > ${since}
    and not exists (select from improvement_cases l where l.workspace_id = c.workspace_id and l.case_id = c.id)`;
  const [counted] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from recovery_cases c where c.workspace_id = ${workspaceId}::uuid and ${repeated}`;
  const count = counted?.count ?? 0;
  if (count < repeatThreshold) return null;
  const id = newId();
  const ownerId = await usualOwner(ctx);
  await ctx.db.improvement.create({
    data: {
      ...{ workspaceId, id, cause: theme.key, ownerId, windowDays: repeatDays, proposedAt: ctx.now },
      interactionType: await sharedType(ctx, repeated),
      dueOn: new Date(ctx.now.getTime() + usualDays * day),
    },
  });
  await link(ctx, id, repeated);
  await notify(ctx, [ownerId], "improvement_proposed", null, { cause: theme.name, count });
  record(ctx, "improvement.proposed", {
    subject: `improvement:${id}`,
    detail: { cause: theme.key, cases: count, threshold: repeatThreshold, days: repeatDays, ownerId },
    data: { cause: theme.key },
  });
  return id;
}
