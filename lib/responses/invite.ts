import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { enqueue } from "../transaction";
import { type Asked, type Draft, factsOf, type Kind } from "./asking";
import { askAt, freshDays, seedOf } from "./rules";

const day = 86_400_000;

type Contact = Asked & { medium: string; type: string };

/** Until when the end of a contact is too long ago to ask about it. */
const tooOld = (now: Date) => new Date(now.getTime() - freshDays * day);

/** Plans to ask about a contact that a person had with the customer; called inside the transaction that logs it. */
export function clockSurvey(
  ctx: Context,
  interactionId: string,
  { medium, endedAt }: { medium: string; endedAt: Date },
): void {
  if (endedAt <= tooOld(ctx.now)) return;
  enqueue(ctx, "survey.invite", { interactionId }, { runAt: askAt(medium, endedAt), key: `survey:${interactionId}` });
}

/** Everything that decides whether the person of a contact is asked, in one statement; a person who was merged is who she turned out to be. */
async function readContact(ctx: Context, interactionId: string): Promise<Contact | undefined> {
  if (!isId(interactionId)) return undefined;
  const [row] = await ctx.db.$queryRaw<Contact[]>`
    with asked as (
      select i.*, coalesce(p.merged_into_id, p.id) as asked_person_id from interactions i
      left join lateral (select o.id, o.merged_into_id from persons o where o.workspace_id = i.workspace_id and (o.id = i.person_id
        or (i.person_id is null and o.customer_id = i.customer_id and o.is_primary and o.merged_into_id is null)) limit 1) p on true
      where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${interactionId}::uuid)
    select i.customer_id, i.journey_id, i.medium, i.type, w.name as company, m.name as agent_name, p.id as person_id,
      coalesce(p.locale, c.locale, w.locale) as language, coalesce(c.time_zone, w.time_zone) as time_zone,
      i.is_two_way and not i.is_automated and i.direction <> 'internal' and c.deleted_at is null
        and coalesce(i.ended_at, i.started_at) > ${tooOld(ctx.now)} as is_worth_asking, ${factsOf(ctx, Prisma.sql`i.customer_id`)}
    from asked i join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id join workspaces w on w.id = i.workspace_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    left join persons p on p.workspace_id = i.workspace_id and p.id = i.asked_person_id`;
  return row;
}

async function keepInvite(ctx: Context, draft: Draft<Contact>): Promise<string | null> {
  const { id, subjectId, asked, probability, seed, suppression, sentAt, expiresAt } = draft;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into survey_invites (workspace_id, id, interaction_id, person_id, medium, type, language, state, suppression, probability, seed,
      created_at, sent_at, expires_at)
    values (${ctx.workspaceId}::uuid, ${id}::uuid, ${subjectId}::uuid, ${asked.person_id}::uuid, ${asked.medium}, ${asked.type},
      ${asked.language}, ${sentAt ? "sent" : "suppressed"}, ${suppression}, ${probability}, ${seed}, ${ctx.now}, ${sentAt}, ${expiresAt})
    on conflict (workspace_id, interaction_id) do nothing returning id`;
  return rows[0]?.id ?? null;
}

/** Asks the person of a contact how it was. */
export const contactSurvey: Kind<Contact> = {
  name: "survey",
  subject: "interaction",
  column: Prisma.sql`interaction_id`,
  table: Prisma.sql`survey_invites`,
  isOn: ({ isOn }) => isOn,
  seedOf,
  read: readContact,
  keep: keepInvite,
};
