import { canAs, requirePermission } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { visibleHandoffs } from "../handoffs/load";
import { visibleJourneys } from "../journeys/visibility";
import { usualHours } from "../scenarios/vocabulary";
import { budgetOf, planWhose, reservedOf, sumBudgets, windowOf, windowWeeks } from "./rules";
import type { CsmBudget, CsmBudgets, CsmHoursInput, CsmHoursRow } from "./schema";

/** Who logs, as the rules see her. */
export function loggerOf(ctx: Context) {
  return {
    memberId: ctx.memberId,
    mayAct: canAs(ctx.roles, "handoffs.accept", "yes"),
    mayOverride: canAs(ctx.roles, "handoffs.accept", "override"),
  };
}

type BudgetRow = { memberId: string; name: string; own: number | null; used: number };

type HeldRow = {
  memberId: string | null;
  scenario: "B" | "C";
  logged: number;
  hoursB: number | null;
  hoursC: number | null;
};

/**
 * Minutes that handoffs which were proposed or accepted and not completed still hold, by who took them or is asked, null for the
 * department: the hours of their scenario by the policy in force less what was logged on the deal before the sale. One handoff may be left out.
 */
async function readReserved(ctx: Context, exceptId: string | null): Promise<Map<string | null, number>> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<HeldRow[]>`
    select coalesce(h.accepted_by_id, h.to_id) as "memberId", h.scenario, p.hours_b as "hoursB", p.hours_c as "hoursC",
      (select coalesce(sum(t.minutes), 0)::int from csm_hours t where t.workspace_id = ${w} and t.journey_id = h.journey_id
        and t.presale and t.removed_at is null) as logged
    from handoffs h left join lateral (select hours_b, hours_c from scenario_policies where workspace_id = ${w} and status = 'published'
      order by number desc limit 1) p on true
    where h.workspace_id = ${w} and h.state in ('proposed', 'accepted') and h.scenario in ('B', 'C') and not h.is_parent
      and h.id is distinct from ${exceptId}::uuid`;
  const held = new Map<string | null, number>();
  for (const { memberId, scenario, logged, hoursB, hoursC } of rows) {
    const hours = { B: hoursB ?? usualHours.B, C: hoursC ?? usualHours.C };
    held.set(memberId, (held.get(memberId) ?? 0) + reservedOf(hours[scenario], logged));
  }
  return held;
}

/**
 * What every member of customer success has in the four weeks that end today, used, reserved and free; at most 200. What a
 * handoff that is just being decided holds itself may be left out. For whoever decides with it; asks no permission.
 */
export async function readBudgets(ctx: Context, exceptId: string | null = null): Promise<Omit<CsmBudgets, "maySet">> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const { from, to } = windowOf(dayKey(ctx.timeZone, ctx.now));
  const [settings, rows, held] = await Promise.all([
    ctx.db.workspaceSettings.findFirst({
      where: { workspaceId: ctx.workspaceId },
      select: { csmMinutesWeek: true },
    }),
    ctx.db.$queryRaw<BudgetRow[]>`
      select m.id as "memberId", m.name, m.csm_minutes_week as own, (select coalesce(sum(h.minutes), 0)::int from csm_hours h
        where h.workspace_id = ${w} and h.user_id = m.id and h.removed_at is null and h.spent_on between ${from}::date and ${to}::date) as used
      from members m join spokes s on s.workspace_id = ${w} and s.id = m.spoke_id and s.key = 'cs'
      where m.workspace_id = ${w} and m.status = 'active' order by m.name, m.id limit 200`,
    readReserved(ctx, exceptId),
  ]);
  const usual = settings?.csmMinutesWeek ?? null;
  const members = rows.map(({ memberId, name, own, used }): CsmBudget => {
    const minutesWeek = own ?? usual;
    return {
      memberId,
      name,
      minutesWeek,
      isOwn: own !== null,
      ...budgetOf(minutesWeek, used, held.get(memberId) ?? 0),
    };
  });
  const shown = new Set(members.map(({ memberId }) => memberId));
  const unassigned = [...held].reduce((sum, [id, minutes]) => (id !== null && shown.has(id) ? sum : sum + minutes), 0);
  return {
    from,
    to,
    weeks: windowWeeks,
    minutesWeek: usual,
    members,
    unassigned,
    team: sumBudgets(members, unassigned),
  };
}

/** Capacity, used, reserved and free hours of everybody in customer success, and of all of them together. */
export async function getBudgets(ctx: Context): Promise<CsmBudgets> {
  requirePermission(ctx, "journeys.read");
  return { ...(await readBudgets(ctx)), maySet: canAs(ctx.roles, "handoffs.accept", "override", "policy") };
}

/** Time that was logged, the newest first, by cursor, of deals that the reader sees. */
export async function listCsmHours(
  ctx: Context,
  { handoffId, journeyId, memberId, limit, cursor }: CsmHoursInput,
): Promise<{ data: CsmHoursRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<Omit<CsmHoursRow, "mayRemove">[]>`
    select t.id, t.journey_id as "journeyId", t.handoff_id as "handoffId", j.customer_id as "customerId", c.name as "customerName",
      t.user_id as "memberId", m.name as "memberName", t.minutes, t.spent_on::text as "spentOn", t.presale, t.note, app.iso(t.logged_at) as "loggedAt"
    from csm_hours t join journeys j on j.workspace_id = ${w} and j.id = t.journey_id
    join customers c on c.workspace_id = ${w} and c.id = j.customer_id join members m on m.workspace_id = ${w} and m.id = t.user_id
    where t.workspace_id = ${w} and t.removed_at is null and (t.user_id = ${ctx.memberId}::uuid or ${visibleJourneys(ctx)}
        or exists (select from handoffs h where h.workspace_id = ${w} and h.journey_id = j.id and ${visibleHandoffs(ctx)}))
      ${handoffId ? Prisma.sql`and t.handoff_id = ${handoffId}::uuid` : Prisma.empty}
      ${journeyId ? Prisma.sql`and t.journey_id = ${journeyId}::uuid` : Prisma.empty}
      ${memberId ? Prisma.sql`and t.user_id = ${memberId}::uuid` : Prisma.empty}
      ${at ? Prisma.sql`and (t.logged_at, t.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty}
    order by t.logged_at desc, t.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? encodeCursor({ at: new Date(last.loggedAt), id: last.id }) : null;
  const mayRemove = (id: string) => planWhose(loggerOf(ctx), { id, isCsm: true }).ok;
  return { data: page.map((row) => ({ ...row, mayRemove: mayRemove(row.memberId) })), nextCursor: next };
}
