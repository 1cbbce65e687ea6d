import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { enqueue, record, transaction } from "../transaction";
import { type Asked, type Draft, factsOf, type Kind } from "./asking";
import { surveySettings } from "./queries";
import { inDaytime, relationshipSeed, turnDays, turnOf } from "./rules";
import type { SurveySettings } from "./schema";

/** She was asked in a half-year, or it is settled that she is not; who was asked lately or complains has only to wait. */
const isSettled = Prisma.sql`(s.suppression is null or s.suppression not in ('asked_lately', 'open_complaint'))`;

/**
 * Whether a person, under the alias `p`, may be asked in a half-year: her customer bought. Who has not bought has no relationship to
 * speak of yet, and is asked about single contacts; who was lost, or waits on hold, is left alone.
 */
const mayRelate = ({ workspaceId }: Context, half: string) => Prisma.sql`
  exists (select from journeys j where j.workspace_id = ${workspaceId}::uuid and j.customer_id = p.customer_id and j.status in ('won', 'completed'))
  and not exists (select from relationship_invites s where s.workspace_id = ${workspaceId}::uuid and s.half = ${half} and ${isSettled} and s.person_id in (
    select o.id from persons o where o.workspace_id = ${workspaceId}::uuid and o.customer_id = p.customer_id and (o.id = p.id or o.merged_into_id = p.id)))`;

async function readPerson(ctx: Context, personId: string): Promise<Asked | undefined> {
  if (!isId(personId)) return undefined;
  const [row] = await ctx.db.$queryRaw<Asked[]>`
    select p.customer_id, null as journey_id, p.id as person_id, w.name as company, null as agent_name,
      coalesce(p.locale, c.locale, w.locale) as language, coalesce(c.time_zone, w.time_zone) as time_zone,
      c.deleted_at is null and ${mayRelate(ctx, turnOf(ctx.now).half)} as is_worth_asking, ${factsOf(ctx, Prisma.sql`p.customer_id`)}
    from persons o join persons p on p.workspace_id = o.workspace_id and p.id = coalesce(o.merged_into_id, o.id)
    join customers c on c.workspace_id = p.workspace_id and c.id = p.customer_id join workspaces w on w.id = p.workspace_id
    where o.workspace_id = ${ctx.workspaceId}::uuid and o.id = ${personId}::uuid`;
  return row;
}

/** Who had to wait is asked by the invitation that said so; the same reason again changes nothing. */
async function keepInvite(ctx: Context, draft: Draft<Asked>): Promise<string | null> {
  const { id, asked, probability, seed, suppression, sentAt, expiresAt } = draft;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into relationship_invites as s (workspace_id, id, person_id, half, language, state, suppression, probability, seed, created_at,
      sent_at, expires_at)
    values (${ctx.workspaceId}::uuid, ${id}::uuid, ${asked.person_id}::uuid, ${turnOf(ctx.now).half}, ${asked.language},
      ${sentAt ? "sent" : "suppressed"}, ${suppression}, ${probability}, ${seed}, ${ctx.now}, ${sentAt}, ${expiresAt})
    on conflict (workspace_id, person_id, half) do update set state = excluded.state, suppression = excluded.suppression,
      language = excluded.language, probability = excluded.probability, sent_at = excluded.sent_at, expires_at = excluded.expires_at
      where not ${isSettled} and s.suppression is distinct from excluded.suppression
    returning id`;
  return rows[0]?.id ?? null;
}

const isOn = ({ isOn, asksRelationship }: SurveySettings) => isOn && asksRelationship;

/** Asks a person, about no contact in particular, whether she would recommend the company: at most once in a half-year (DOMAIN C1). */
export const relationshipSurvey: Kind = {
  name: "relationship",
  subject: "person",
  column: Prisma.sql`person_id`,
  table: Prisma.sql`relationship_invites`,
  isOn,
  seedOf: (personId, now) => relationshipSeed(personId, turnOf(now).half),
  read: readPerson,
  keep: keepInvite,
};

const mostAtOnce = 2_000;

/** Persons with an address whose turn it is, in the order of their ids, with their customer's clock. */
function readTurn(ctx: Context, after: string): Promise<{ id: string; timeZone: string }[]> {
  const { half, from, to } = turnOf(ctx.now);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<{ id: string; timeZone: string }[]>`
    select p.id, coalesce(c.time_zone, w.time_zone) as "timeZone" from persons p
    join customers c on c.workspace_id = ${w} and c.id = p.customer_id and c.deleted_at is null join workspaces w on w.id = ${w}
    where p.workspace_id = ${w} and p.id > ${after}::uuid and p.merged_into_id is null
      and ('x' || right(p.id::text, 7))::bit(28)::int % ${turnDays}::int between ${from}::int and ${to}::int
      and exists (select from contact_points cp where cp.workspace_id = ${w} and cp.person_id = p.id and cp.kind = 'email')
      and ${mayRelate(ctx, half)} order by p.id limit ${mostAtOnce}`;
}

/** Puts whose turn it is in the workspace on the clock, each in her own daytime; how many. Asked again, one job a person stands. */
export async function clockRelationships(ctx: Context): Promise<number> {
  if (!isOn(await surveySettings(ctx))) return 0;
  let after = "00000000-0000-0000-0000-000000000000";
  for (let count = 0; ; ) {
    const people = await readTurn(ctx, after);
    count += people.length;
    if (people.length > 0)
      await transaction(ctx, async (ctx) => {
        for (const { id, timeZone } of people) {
          const runAt = inDaytime(ctx.now, timeZone);
          enqueue(ctx, "relationship.invite", { personId: id }, { runAt, key: `relationship:${id}` });
        }
        record(ctx, "survey.planned", {
          subject: `workspace:${ctx.workspaceId}`,
          detail: { half: turnOf(ctx.now).half, persons: people.length },
        });
      });
    if (people.length < mostAtOnce) return count;
    after = people.at(-1)?.id ?? after;
  }
}

/** The same in every workspace, once a night. */
export async function clockAllRelationships(now: Date): Promise<{ persons: number }> {
  let persons = 0;
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces) {
    const ctx = await systemContext(id, { now });
    persons += await inWorkspace(id, () => clockRelationships(ctx));
  }
  return { persons };
}
