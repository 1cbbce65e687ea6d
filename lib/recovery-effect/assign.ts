import type { Context } from "../context";
import { armOf, neverHeldOutAfter, protectedDays } from "./rules";
import type { Arm } from "./schema";

type Event = { customerId: string; severity: "normal" | "high"; isOtherHigh: boolean };

type Row = { percent: number; hasOpenCase: boolean; isProtected: boolean };

/** The side of the comparison of an event that opens now; null outside it. Reads nothing for what is grave. */
export async function assignArm(ctx: Context, { customerId, severity, isOtherHigh }: Event): Promise<Arm | null> {
  if (severity !== "normal" || isOtherHigh) return null;
  const { workspaceId, now } = ctx;
  const since = new Date(now.getTime() - protectedDays * 86_400_000);
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select s.holdout_percent as percent,
      exists (select from recovery_cases c join interactions i on i.workspace_id = c.workspace_id and i.id = c.interaction_id
        where c.workspace_id = s.workspace_id and c.closed_at is null and i.customer_id = ${customerId}::uuid) as "hasOpenCase",
      exists (select from interactions i where i.workspace_id = s.workspace_id and i.customer_id = ${customerId}::uuid
        and i.type = any(${[...neverHeldOutAfter]}::text[]) and i.started_at > ${since}) as "isProtected"
    from recovery_settings s where s.workspace_id = ${workspaceId}::uuid and s.holdout_percent > 0`;
  if (!row) return null;
  const { percent, ...known } = row;
  return armOf(workspaceId, customerId, percent, { severity, isOtherHigh, ...known });
}
