import type { Context } from "../context";
import type { DriversResult } from "../drivers/schema";
import { latestEffects } from "../enablement/runs";
import { standingOfTheme } from "../experience/theme-lift";
import { Prisma } from "../generated/prisma/client";
import { surveySettings } from "../responses/queries";
import { latestRun } from "../runs/queries";
import { isRankable } from "../statistics/rate";
import { namesToHide } from "../themes/queries";
import { quotable } from "./quotes";
import { belowTarget, hasFallen, judgedWindow, type Window } from "./rules";
import type { About, Quote } from "./schema";
import type { DigestWeek } from "./week";

export type Department = { id: string; key: string; roles: string[] };

const day = 86_400_000;
const windows = [1, 4, 13] as const;
const before = 26;

const weeksBefore = ({ to }: DigestWeek, weeks: number) => new Date(to.getTime() - weeks * 7 * day);

/** Contacts of a department: where none was written down, that of whoever had the contact. */
const ofDepartment = (ctx: Context, id: string) => Prisma.sql`(i.spoke_id = ${id}::uuid or (i.spoke_id is null
  and i.agent_id in (select a.id from members a where a.workspace_id = ${ctx.workspaceId}::uuid and a.spoke_id = ${id}::uuid)))`;

type VoiceRow = { type: string; medium: string; bk: number; bn: number } & Record<
  `${"k" | "n"}${(typeof windows)[number]}`,
  number
>;

const windowsOf = (row: Record<`${"k" | "n"}${(typeof windows)[number]}`, number>): Window[] =>
  windows.map((weeks) => ({ weeks, k: row[`k${weeks}`], n: row[`n${weeks}`] }));

const counted = (week: DigestWeek, weeks: (typeof windows)[number], good: Prisma.Sql) => {
  const since = Prisma.sql`i.started_at >= ${weeksBefore(week, weeks)}`;
  return [
    Prisma.sql`(count(*) filter (where ${since} and ${good}))::int`,
    Prisma.sql`(count(*) filter (where ${since}))::int`,
  ];
};

/** What customers said of the department's contacts by type and medium: below the target, or lower than the half year before. */
async function voiceItems(ctx: Context, { id }: Department, week: DigestWeek, target: number): Promise<About[]> {
  const good = Prisma.sql`i.experience_class = 'positive'`;
  const [[k1, n1], [k4, n4], [k13, n13]] = [counted(week, 1, good), counted(week, 4, good), counted(week, 13, good)];
  const earlier = Prisma.sql`i.started_at < ${weeksBefore(week, 4)}`;
  const rows = await ctx.db.$queryRaw<VoiceRow[]>`
    select i.type, i.medium, ${k1} as k1, ${n1} as n1, ${k4} as k4, ${n4} as n4, ${k13} as k13, ${n13} as n13,
      (count(*) filter (where ${earlier} and ${good}))::int as bk, (count(*) filter (where ${earlier}))::int as bn
    from interactions i where i.workspace_id = ${ctx.workspaceId}::uuid and ${ofDepartment(ctx, id)} and i.experience_class is not null
      and i.started_at >= ${weeksBefore(week, before)} and i.started_at < ${week.to}
    group by 1, 2 order by 1, 2`;
  const judged = rows.flatMap(({ type, medium, bk, bn, ...row }) => {
    const window = judgedWindow(windowsOf(row as VoiceRow));
    return window ? [{ kind: "voice" as const, type, medium, ...window, target, beforeK: bk, beforeN: bn }] : [];
  });
  const low = new Set(belowTarget(judged, target));
  return judged
    .flatMap((each): About[] => {
      if (low.has(each)) return [{ ...each, reason: "below" }];
      const isFall = each.weeks <= 4 && hasFallen(each, { k: each.beforeK, n: each.beforeN });
      return isFall ? [{ ...each, reason: "fell" }] : [];
    })
    .sort((a, b) => worth(b) - worth(a));
}

/** How many contacts more would have been good at the target: what an item weighs against another. */
const worth = (about: About) => ("target" in about ? (about.target - about.k / about.n) * about.n : 0);

/** Whether what was promised was what came, by the origin of the customer: for marketing. */
async function expectationItems(ctx: Context, week: DigestWeek, target: number): Promise<About[]> {
  const good = Prisma.sql`coalesce(r.disconfirmation, r.outcome - r.expectation) >= 0`;
  const [[k1, n1], [k4, n4], [k13, n13]] = [counted(week, 1, good), counted(week, 4, good), counted(week, 13, good)];
  const rows = await ctx.db.$queryRaw<(VoiceRow & { origin: string })[]>`
    select coalesce(nullif(btrim(c.origin), ''), 'unknown') as origin, ${k1} as k1, ${n1} as n1, ${k4} as k4, ${n4} as n4, ${k13} as k13, ${n13} as n13
    from interactions i join responses r on r.workspace_id = i.workspace_id and r.interaction_id = i.id and r.counts_for_class
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.experience_class is not null and coalesce(r.disconfirmation, r.outcome - r.expectation) is not null
      and i.started_at >= ${weeksBefore(week, 13)} and i.started_at < ${week.to}
    group by 1 order by 1`;
  const judged = rows.flatMap(({ origin, ...row }) => {
    const window = judgedWindow(windowsOf(row));
    return window ? [{ kind: "expectation" as const, origin, ...window, target }] : [];
  });
  return belowTarget(judged, target);
}

/** How easy it was for the customers of the department (5 to 7 of 7). */
async function effortItems(ctx: Context, { id }: Department, week: DigestWeek, target: number): Promise<About[]> {
  const good = Prisma.sql`r.ces >= 5`;
  const [[k1, n1], [k4, n4], [k13, n13]] = [counted(week, 1, good), counted(week, 4, good), counted(week, 13, good)];
  const [row] = await ctx.db.$queryRaw<VoiceRow[]>`
    select ${k1} as k1, ${n1} as n1, ${k4} as k4, ${n4} as n4, ${k13} as k13, ${n13} as n13
    from interactions i join responses r on r.workspace_id = i.workspace_id and r.interaction_id = i.id and r.source <> 'staff' and not r.is_late
    where i.workspace_id = ${ctx.workspaceId}::uuid and ${ofDepartment(ctx, id)} and r.ces is not null
      and i.started_at >= ${weeksBefore(week, 13)} and i.started_at < ${week.to}`;
  const window = row ? judgedWindow(windowsOf(row)) : null;
  return window ? belowTarget([{ kind: "effort" as const, ...window, target }], target) : [];
}

/** What the department promised and was due, kept in time or not. */
async function promiseItems(ctx: Context, { id }: Department, week: DigestWeek, target: number): Promise<About[]> {
  const rows = await ctx.db.$queryRaw<{ dueAt: Date; kept: boolean }[]>`
    select p.due_at as "dueAt", p.state = 'kept' and p.closed_at <= p.due_at as kept from promises p
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.spoke_id = ${id}::uuid and p.due_at >= ${weeksBefore(week, 13)} and p.due_at < ${week.to}
    limit 20000`;
  const all = windows.map((weeks) => {
    const due = rows.filter(({ dueAt }) => dueAt >= weeksBefore(week, weeks));
    return { weeks, k: due.filter(({ kept }) => kept).length, n: due.length };
  });
  const window = judgedWindow(all);
  return window ? belowTarget([{ kind: "promises" as const, ...window, target }], target) : [];
}

/** The moment that is worth mending most among those that the department answers for, by the latest run of drivers. */
async function driverItems(ctx: Context, { roles }: Department): Promise<About[]> {
  const run = await latestRun(ctx, "drivers", { type: null });
  if (!run) return [];
  const { ranked, types, target } = run.result as DriversResult;
  const moments = await ctx.db.definingMoment.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null, responsibleRole: { in: roles } },
    select: { id: true, name: true, nameHe: true },
  });
  for (const { momentId, type, weight, priority } of ranked) {
    const moment = moments.find(({ id }) => id === momentId);
    const facts = types.find((each) => each.type === type)?.moments.find((each) => each.momentId === momentId);
    if (!moment || !facts || priority <= 0) continue;
    const { k, n } = facts.positive;
    const { name, nameHe } = moment;
    return [{ kind: "driver", momentId, name, nameHe, type, weight, k, n, weeks: 0, target }];
  }
  return [];
}

/** Whether what the department's people were given worked, as soon as that can be said. */
async function enablementItems(ctx: Context, { roles }: Department): Promise<About[]> {
  const run = await latestEffects(ctx);
  if (!run) return [];
  const items = await ctx.db.$queryRaw<{ id: string; name: string; nameHe: string }[]>`
    select id, name, name_he as "nameHe" from enablement_items
    where workspace_id = ${ctx.workspaceId}::uuid and archived_at is null and role = any(${roles}::text[])`;
  return run.items.flatMap(({ itemId, effect, enabled }): About[] => {
    const item = items.find(({ id }) => id === itemId);
    if (!item || effect.status !== "estimated") return [];
    const { verdict, lo, hi } = effect;
    const { name, nameHe } = item;
    return [{ kind: "enablement", itemId, name, nameHe, verdict, effect: effect.effect, lo, hi, n: enabled.after.n }];
  });
}

type ThemeRow = { theme: string; name: string; nameHe: string; n: number; k: number; all: number; negative: number };

/** What the department's customers speak of in comments that are negative more often than comments are (DOMAIN F40). */
async function themeItems(ctx: Context, { id }: Department, week: DigestWeek): Promise<About[]> {
  const weeks = 13;
  const rows = await ctx.db.$queryRaw<ThemeRow[]>`
    with c as materialized (select r.id, r.class = 'negative' as bad from interactions i
        join responses r on r.workspace_id = i.workspace_id and r.interaction_id = i.id and r.comment <> '' and r.source <> 'staff'
        where i.workspace_id = ${ctx.workspaceId}::uuid and ${ofDepartment(ctx, id)} and i.started_at >= ${weeksBefore(week, weeks)} and i.started_at < ${week.to}),
      base as (select count(*)::int as n, (count(*) filter (where bad))::int as k from c)
    select h.key as theme, b.name, b.name_he as "nameHe", count(*)::int as n, (count(*) filter (where c.bad))::int as k, base.n as all, base.k as negative
    from c join comment_tags t on t.workspace_id = ${ctx.workspaceId}::uuid and t.response_id = c.id and t.removed_at is null
    join themes h on h.workspace_id = t.workspace_id and h.id = t.theme_id
    join codebook_themes b on b.workspace_id = t.workspace_id and b.theme_id = t.theme_id and b.version_id = t.version_id cross join base
    group by h.key, b.name, b.name_he, base.n, base.k order by k desc, h.key`;
  return rows.flatMap(({ theme, name, nameHe, n, k, all, negative }): About[] => {
    const { lift, negative: rate } = standingOfTheme({ comments: all, negative, themed: n, themedNegative: k });
    const target = negative / all;
    if (lift === null || !isRankable(rate) || (rate.lo ?? 0) <= target) return [];
    return [{ kind: "theme", theme, name, nameHe, lift, k, n, weeks, target }];
  });
}

/** Everything a department could be told about its week, what weighs most first. */
export async function candidatesOf(ctx: Context, department: Department, week: DigestWeek): Promise<About[]> {
  const { target } = await surveySettings(ctx);
  const found = await Promise.all([
    driverItems(ctx, department),
    voiceItems(ctx, department, week, target),
    themeItems(ctx, department, week),
    promiseItems(ctx, department, week, target),
    effortItems(ctx, department, week, target),
    department.key === "marketing" ? expectationItems(ctx, week, target) : [],
    enablementItems(ctx, department),
  ]);
  return found.flat();
}

type Comment = { interactionId: string; responseId: string; text: string; language: string | null };

/** Which contacts an item is about, as a condition on `i`, `r` and `c`; null when customers say nothing about it. */
function contactsOf(ctx: Context, about: About, { id }: Department): Prisma.Sql | null {
  switch (about.kind) {
    case "voice":
      return Prisma.sql`${ofDepartment(ctx, id)} and i.type = ${about.type} and i.medium = ${about.medium}`;
    case "driver":
      return Prisma.sql`i.type = ${about.type}`;
    case "expectation":
      return Prisma.sql`coalesce(nullif(btrim(c.origin), ''), 'unknown') = ${about.origin}`;
    case "enablement":
      return null;
    case "theme":
      return Prisma.sql`${ofDepartment(ctx, id)} and exists (select from comment_tags t join themes h on h.workspace_id = t.workspace_id and h.id = t.theme_id
        where t.workspace_id = i.workspace_id and t.response_id = r.id and t.removed_at is null and h.key = ${about.theme})`;
    default:
      return Prisma.sql`${ofDepartment(ctx, id)}`;
  }
}

/**
 * Two customers' words about an item, the unhappy and the latest first, without any name; what another item of the same
 * digest quotes comes last.
 */
export async function quotesOf(
  ctx: Context,
  about: About,
  { department, week, quoted }: { department: Department; week: DigestWeek; quoted: ReadonlySet<string> },
): Promise<Quote[]> {
  const which = contactsOf(ctx, about, department);
  if (!which) return [];
  const rows = await ctx.db.$queryRaw<Comment[]>`
    select i.id as "interactionId", r.id as "responseId", r.comment as text, r.language from interactions i
    join responses r on r.workspace_id = i.workspace_id and r.interaction_id = i.id and r.source <> 'staff' and r.comment <> ''
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.started_at >= ${weeksBefore(week, 13)} and i.started_at < ${week.to} and ${which}
    order by (r.class = 'negative') desc nulls last, (r.class = 'neutral') desc nulls last, i.started_at desc, r.id limit 20`;
  const names = await namesToHide(
    ctx,
    rows.map(({ interactionId }) => interactionId),
  );
  const said = new Map(rows.map(({ text, language, responseId }) => [quotable(text, names), { language, responseId }]));
  const quotes = [...said].map(([text, rest]) => ({ text: text.slice(0, 300), ...rest }));
  const [fresh, again] = [false, true].map((isAgain) => quotes.filter(({ text }) => quoted.has(text) === isAgain));
  return [...(fresh ?? []), ...(again ?? [])].slice(0, 2);
}
