import type { Context } from "../context";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { calendarOf } from "../journeys/loaded";
import { notify } from "../notifications/notify";
import { paths } from "../paths";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { type LetterItem, setDigest } from "./letter";
import { isNews, mostItems } from "./rules";
import type { About, Quote } from "./schema";
import { candidatesOf, type Department, quotesOf } from "./sources";
import { type DigestWeek, nextWeek, weekFrom } from "./week";

/** How long a digest may wait for somebody before the manager gets it, in milliseconds: seven days. */
export const patience = 7 * 86_400_000;

const remembered = 5 * 7 * 86_400_000;

/** The workspace's office hours: they say when its week starts. */
export async function officeCalendar(ctx: Context) {
  const [row] = await ctx.db.$queryRaw<{ time_zone: string; hours: unknown; holidays: unknown }[]>`
    select c.time_zone, c.hours, c.holidays from workspace_settings s
    join calendars c on c.workspace_id = s.workspace_id and c.id = s.calendar_id where s.workspace_id = ${ctx.workspaceId}::uuid`;
  return calendarOf(row ?? { time_zone: ctx.timeZone, hours: {}, holidays: [] });
}

type Reader = { memberId: string; email: string | null; locale: string };
type StoredDepartment = Department & { name: string; nameHe: string; readers: Reader[]; leadId: string | null };

/** Every department somebody works in: its people with their languages, the roles they hold, who leads it. */
async function departmentsOf(ctx: Context): Promise<StoredDepartment[]> {
  return ctx.db.$queryRaw<StoredDepartment[]>`
    select s.id, s.key, s.name, s.name_he as "nameHe",
      jsonb_agg(jsonb_build_object('memberId', m.id, 'email', coalesce(u.email, m.email), 'locale', coalesce(u.locale, 'en')) order by m.name, m.id) as readers,
      (select array_agg(distinct r.role) from members h, unnest(h.roles) r(role)
        where h.workspace_id = ${ctx.workspaceId}::uuid and h.spoke_id = s.id and h.status = 'active') as roles,
      (select l.id from members l where l.workspace_id = ${ctx.workspaceId}::uuid and l.status = 'active' and 'manager' = any(l.roles)
        order by (l.spoke_id = s.id) desc nulls last, l.created_at, l.id limit 1) as "leadId"
    from spokes s join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.spoke_id = s.id and m.status = 'active' and not 'partner' = any(m.roles)
    left join users u on u.id = m.user_id and u.status = 'active'
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.archived_at is null
    group by s.id, s.key, s.name, s.name_he, s.position order by s.position, s.id`;
}

/** Who answers for what an item is about: the moment's person, else who leads the department. */
async function ownerOf(ctx: Context, about: About, { leadId }: StoredDepartment): Promise<string | null> {
  const type = "type" in about ? about.type : null;
  const momentId = about.kind === "driver" ? about.momentId : null;
  if (!type) return leadId;
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select m.id from defining_moments d join members m on m.workspace_id = d.workspace_id and m.id = d.responsible_id and m.status = 'active'
    where d.workspace_id = ${ctx.workspaceId}::uuid and d.archived_at is null and d.interaction_type = ${type}
      and (${momentId}::uuid is null or d.id = ${momentId}::uuid) order by d.position, d.id limit 1`;
  return row?.id ?? leadId;
}

/** What the department was told in the last weeks. */
async function saidBefore(ctx: Context, department: Department, week: DigestWeek): Promise<About[]> {
  const rows = await ctx.db.$queryRaw<{ about: About }[]>`
    select i.about from digest_items i join digests d on d.workspace_id = i.workspace_id and d.id = i.digest_id
    where d.workspace_id = ${ctx.workspaceId}::uuid and d.spoke_id = ${department.id}::uuid
      and d.to_at >= ${new Date(week.to.getTime() - remembered)} and d.to_at < ${week.to} order by d.to_at desc, i.position`;
  return rows.map(({ about }) => about);
}

type NewItem = { id: string; about: About; quotes: Quote[]; ownerId: string | null };

async function itemsOf(ctx: Context, department: StoredDepartment, week: DigestWeek): Promise<NewItem[]> {
  const said = await saidBefore(ctx, department, week);
  const news = (await candidatesOf(ctx, department, week)).filter((about) => isNews(about, said)).slice(0, mostItems);
  const items: NewItem[] = [];
  for (const about of news) {
    const quoted = new Set(items.flatMap((item) => item.quotes.map(({ text }) => text)));
    const quotes = await quotesOf(ctx, about, { department, week, quoted });
    items.push({ id: newId(), about, quotes, ownerId: await ownerOf(ctx, about, department) });
  }
  return items;
}

async function insertDigest(
  ctx: Context,
  department: Department,
  week: DigestWeek,
  isSent: boolean,
): Promise<string | null> {
  const id = newId();
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into digests (workspace_id, id, spoke_id, week, from_at, to_at, state, built_at, sent_at)
    values (${ctx.workspaceId}::uuid, ${id}::uuid, ${department.id}::uuid, ${week.week}::date, ${week.from}, ${week.to}, ${isSent ? "sent" : "built"},
      ${ctx.now}, ${isSent ? ctx.now : null})
    on conflict (workspace_id, spoke_id, week) do nothing returning id`;
  return rows[0]?.id ?? null;
}

async function namesOf(ctx: Context, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id): id is string => id !== null);
  const where = { workspaceId: ctx.workspaceId, id: { in: wanted } };
  const members = await ctx.db.member.findMany({ where, select: { id: true, name: true } });
  return new Map(members.map(({ id, name }) => [id, name]));
}

async function send(
  ctx: Context,
  { name, nameHe, readers }: StoredDepartment,
  items: readonly NewItem[],
): Promise<void> {
  const names = await namesOf(
    ctx,
    items.map(({ ownerId }) => ownerId),
  );
  const shown = items.map(
    ({ about, quotes, ownerId }): LetterItem => ({ about, quotes, ownerName: names.get(ownerId ?? "") ?? null }),
  );
  const digest = { department: { name, nameHe }, url: `${publicOrigin()}${paths.digests(ctx.slug)}`, items: shown };
  for (const { email, locale } of readers) if (email) await sendMail(ctx, setDigest({ email, locale }, digest));
  await notify(
    ctx,
    readers.map(({ memberId }) => memberId),
    "digest",
    null,
    { count: items.length },
  );
}

/** Makes one department's digest, unless it is there; one with nothing worth the time is kept, and mailed to nobody. */
async function buildOne(ctx: Context, department: StoredDepartment, week: DigestWeek): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const [there] = await ctx.db.$queryRaw<unknown[]>`
      select 1 from digests where workspace_id = ${ctx.workspaceId}::uuid and spoke_id = ${department.id}::uuid and week = ${week.week}::date`;
    if (there) return nothingChanged(ctx);
    const items = await itemsOf(ctx, department, week);
    const digestId = await insertDigest(ctx, department, week, items.length > 0);
    if (!digestId) return nothingChanged(ctx);
    const { workspaceId } = ctx;
    await insertRows(
      ctx,
      "digest_items",
      items.map((item, position) => ({ workspaceId, digestId, position, kind: item.about.kind, ...item })),
    );
    if (items.length > 0) {
      await send(ctx, department, items);
      const runAt = new Date(ctx.now.getTime() + patience);
      enqueue(ctx, "digest.unanswered", { digestId }, { runAt, key: `digest:${digestId}` });
    }
    const about = { spokeId: department.id, week: week.week, items: items.length };
    record(ctx, items.length > 0 ? "digest.sent" : "digest.built", {
      subject: `digest:${digestId}`,
      detail: about,
      data: about,
    });
  });
}

/** Makes every department's digest of the week that begins on that local day, once however often it is asked. */
export async function buildDigests(ctx: Context, week: string): Promise<void> {
  const about = weekFrom(await officeCalendar(ctx), week);
  for (const department of await departmentsOf(ctx)) await buildOne(ctx, department, about);
}

/** Puts the next digest of the workspace on the clock; asked every night, one job stands. */
export async function clockDigest(ctx: Context): Promise<Date> {
  const { week, buildAt } = nextWeek(await officeCalendar(ctx), ctx.now);
  await ctx.db
    .$queryRaw`select app.add_job('digest.build', ${JSON.stringify({ week })}::jsonb, ${buildAt}::timestamptz, ${`digest:${week}`})::text as added`;
  return buildAt;
}
