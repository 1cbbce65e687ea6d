import { isOpen } from "../calendar/staffed-time";
import type { Context } from "../context";
import { AppError } from "../errors";
import { defaultLoadWeights, loadOf, redUtilisation } from "../members/load";
import { calendarOf } from "./loaded";

export type OscChoice = { memberId: string; reason: string; detail: Record<string, unknown> };

export type Candidate = {
  memberId: string;
  languages: readonly string[];
  isOnShift: boolean;
  utilisation: number;
  lastPickedAt: Date | null;
};

/**
 * Chooses the OSC of an arrival in the order of DOMAIN A1: the previous OSC, then language, shift, lowest utilisation (F04),
 * then whoever was picked longest ago. Nobody on shift below a full load means the coverage group's named lead.
 */
export function planAssignment(
  candidates: readonly Candidate[],
  previousId: string | null,
  locale: string,
  coverageLeadId: string,
): OscChoice {
  const previous = candidates.find(({ memberId }) => memberId === previousId);
  if (previous) return { memberId: previous.memberId, reason: "sticky", detail: {} };
  const speaking = candidates.filter(({ languages }) => languages.includes(locale));
  const byLanguage = speaking.length > 0 ? speaking : candidates;
  const free = byLanguage.filter(({ isOnShift, utilisation }) => isOnShift && utilisation < redUtilisation);
  const detail = { candidates: candidates.length, speaking: speaking.length, onShift: free.length };
  if (free.length === 0) return { memberId: coverageLeadId, reason: "coverage", detail };
  const lowest = Math.min(...free.map(({ utilisation }) => utilisation));
  const equal = free.filter(({ utilisation }) => utilisation - lowest < 1e-9);
  const chosen = equal.reduce((first, each) =>
    (each.lastPickedAt?.getTime() ?? 0) < (first.lastPickedAt?.getTime() ?? 0) ? each : first,
  );
  const reason =
    equal.length > 1
      ? "round_robin"
      : free.length > 1
        ? "load"
        : byLanguage.length > free.length
          ? "on_shift"
          : speaking.length > 0
            ? "language"
            : "on_shift";
  return { memberId: chosen.memberId, reason, detail: { ...detail, utilisation: chosen.utilisation } };
}

type Row = {
  id: string;
  languages: string[];
  away_until: Date | null;
  last_picked_at: Date | null;
  capacity: number;
  time_zone: string;
  hours: unknown;
  holidays: unknown;
  fresh: number;
  off_track: number;
  with_spoke: number;
  nurture: number;
};

function candidateOf(row: Row, now: Date): Candidate {
  const counts = { new: row.fresh, offTrack: row.off_track, withSpoke: row.with_spoke, nurture: row.nurture };
  return {
    memberId: row.id,
    languages: row.languages,
    isOnShift: (!row.away_until || row.away_until <= now) && isOpen(calendarOf(row), now),
    utilisation: loadOf(counts, defaultLoadWeights, row.capacity).utilisation,
    lastPickedAt: row.last_picked_at,
  };
}

/**
 * Picks the OSC for an arriving customer inside the caller's transaction and remembers the pick.
 * Picks of one workspace follow each other, so that parallel arrivals spread evenly. Never answers nobody.
 */
export async function chooseOsc(
  ctx: Context,
  input: { locale?: string | undefined; customerId?: string | undefined } = {},
): Promise<OscChoice> {
  const { workspaceId } = ctx;
  const settings = await ctx.db.$queryRaw<{ coverage_lead_id: string | null }[]>`
    select coverage_lead_id from workspace_settings where workspace_id = ${workspaceId}::uuid for update`;
  const coverageLeadId = settings[0]?.coverage_lead_id;
  if (!coverageLeadId) throw new AppError("refused", "no_coverage_lead");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select m.id, m.languages, m.away_until, m.last_picked_at, m.capacity, c.time_zone, c.hours, c.holidays,
      coalesce(n.fresh, 0)::int as fresh, coalesce(n.off_track, 0)::int as off_track,
      coalesce(n.with_spoke, 0)::int as with_spoke, coalesce(n.nurture, 0)::int as nurture
    from members m
    join workspace_settings ws on ws.workspace_id = m.workspace_id
    join calendars c on c.workspace_id = m.workspace_id and c.id = coalesce(m.calendar_id, ws.calendar_id)
    left join lateral (
      select sum(count) filter (where is_off_track) as off_track,
        sum(count) filter (where not is_off_track and s.key = 'osc' and status in ('pre_lead', 'active')) as fresh,
        sum(count) filter (where not is_off_track and s.key <> 'osc' and status in ('pre_lead', 'active', 'won')) as with_spoke,
        sum(count) filter (where not is_off_track and status in ('nurture', 'on_hold')) as nurture
      from journey_counts jc join spokes s on s.workspace_id = jc.workspace_id and s.id = jc.accountable_spoke_id
      where jc.workspace_id = m.workspace_id and jc.osc_id = m.id and status not in ('lost', 'completed', 'merged')) n on true
    where m.workspace_id = ${workspaceId}::uuid and m.status = 'active' and m.user_id is not null and 'osc' = any(m.roles)`;
  const previous = input.customerId
    ? await ctx.db.journey.findFirst({
        where: { workspaceId, customerId: input.customerId },
        orderBy: { createdAt: "desc" },
        select: { oscId: true },
      })
    : null;
  const choice = planAssignment(
    rows.map((row) => candidateOf(row, ctx.now)),
    previous?.oscId ?? null,
    input.locale ?? ctx.locale,
    coverageLeadId,
  );
  await ctx.db
    .$executeRaw`update members set last_picked_at = clock_timestamp() where workspace_id = ${workspaceId}::uuid and id = ${choice.memberId}::uuid`;
  return choice;
}
