import type { Context } from "../context";
import { lettersIn, setLetter } from "../email/letter";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { isId, newId } from "../identifiers";
import { paths } from "../paths";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { surveySettings } from "./queries";
import { askAt, type Candidate, freshDays, inDaytime, reminderDays, suppressionOf } from "./rules";
import { answerDays } from "./schema";
import { sealSurveyToken } from "./token";

const day = 86_400_000;

type Contact = {
  customer_id: string;
  journey_id: string | null;
  medium: string;
  type: string;
  company: string;
  agent_name: string | null;
  person_id: string | null;
  language: string;
  time_zone: string;
  ended_at: Date;
  email: string | null;
  is_test: boolean;
  has_refused: boolean;
  has_open_complaint: boolean;
  last_asked_at: Date | null;
  is_worth_asking: boolean;
};

const isFresh = (endedAt: Date, now: Date) => now.getTime() - endedAt.getTime() < freshDays * day;

/** Plans to ask about a contact that a person had with the customer; called inside the transaction that logs it. */
export function clockSurvey(
  ctx: Context,
  interactionId: string,
  { medium, endedAt }: { medium: string; endedAt: Date },
): void {
  if (!isFresh(endedAt, ctx.now)) return;
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
      coalesce(i.ended_at, i.started_at) as ended_at, coalesce(p.is_test, false) as is_test,
      i.is_two_way and not i.is_automated and i.direction <> 'internal' and c.deleted_at is null as is_worth_asking,
      (select cp.value from contact_points cp where cp.workspace_id = p.workspace_id and cp.person_id = p.id and cp.kind = 'email'
        order by cp.verified_at nulls last, cp.created_at limit 1) as email,
      coalesce((select bool_or(k.state in ('denied', 'revoked')) from (select distinct on (o.medium) o.state from consents o
        where o.workspace_id = p.workspace_id and o.person_id = p.id and o.purpose = 'survey'
        order by o.medium, o.at desc, (o.state in ('denied', 'revoked')) desc) k), false) as has_refused,
      exists (select from off_track_events e where e.workspace_id = i.workspace_id and e.customer_id = i.customer_id and e.trigger = 'T9'
          and e.state in ('open', 'playing'))
        or exists (select from journeys j join interactions x on x.workspace_id = j.workspace_id and x.journey_id = j.id and x.type = 'complaint'
          and x.direction = 'inbound' and x.started_at >= j.unanswered_since
          where j.workspace_id = i.workspace_id and j.customer_id = i.customer_id and j.unanswered_since is not null) as has_open_complaint,
      (select max(s.sent_at) from survey_invites s join persons o on o.workspace_id = s.workspace_id and o.id = s.person_id
        where s.workspace_id = p.workspace_id and (o.id = p.id or o.merged_into_id = p.id)) as last_asked_at
    from asked i join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id join workspaces w on w.id = i.workspace_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    left join persons p on p.workspace_id = i.workspace_id and p.id = i.asked_person_id`;
  return row;
}

const candidateOf = (row: Contact): Candidate => ({
  email: row.email,
  isTest: row.is_test,
  hasRefused: row.has_refused,
  hasOpenComplaint: row.has_open_complaint,
  lastAskedAt: row.last_asked_at,
});

/** A draw that can be made again from what is kept: the seed is the beginning of the interaction's random part. */
const seedOf = (interactionId: string) => Number.parseInt(interactionId.replaceAll("-", "").slice(-7), 16);

/** The letter in the customer's language: one question's worth of words, one link. */
async function writeLetter(
  ctx: Context,
  contact: Contact,
  inviteId: string,
  kind: "survey" | "survey_reminder",
): Promise<void> {
  const { company, email, language } = contact;
  if (!email) return;
  const words = lettersIn(language);
  const url = `${publicOrigin()}${paths.survey(sealSurveyToken({ workspaceId: ctx.workspaceId, inviteId }))}`;
  const who = contact.agent_name?.trim().split(/\s+/)[0] ?? company;
  const letter = {
    subject: words(`${kind}.subject`, { company, who }),
    paragraphs: [words(`${kind}.text`, { company, who }), words("survey.effort")],
    action: { label: words("survey.do"), url },
    foot: words("survey.foot", { email, company }),
  };
  await sendMail(ctx, setLetter(email, letter, language));
}

type Draft = { id: string; contact: Contact; interactionId: string; probability: number; suppression: string | null };

async function insertInvite(
  ctx: Context,
  { id, contact, interactionId, probability, suppression }: Draft,
): Promise<boolean> {
  const isSent = suppression === null;
  const expiresAt = new Date(ctx.now.getTime() + answerDays * day);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into survey_invites (workspace_id, id, interaction_id, person_id, medium, type, language, state, suppression, probability, seed,
      created_at, sent_at, expires_at)
    values (${ctx.workspaceId}::uuid, ${id}::uuid, ${interactionId}::uuid, ${contact.person_id}::uuid, ${contact.medium}, ${contact.type},
      ${contact.language}, ${isSent ? "sent" : "suppressed"}, ${suppression}, ${probability}, ${seedOf(interactionId)}, ${ctx.now},
      ${isSent ? ctx.now : null}, ${isSent ? expiresAt : null})
    on conflict (workspace_id, interaction_id) do nothing returning id`;
  return rows.length > 0;
}

/**
 * Asks the person of a contact how it was, or notes why not (DOMAIN C2). At night it waits for her morning. May run twice
 * and asks once.
 */
export async function inviteAfter(ctx: Context, interactionId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const settings = await surveySettings(ctx);
    const contact = await readContact(ctx, interactionId);
    if (!settings.isOn || !contact?.is_worth_asking || !isFresh(contact.ended_at, ctx.now)) return nothingChanged(ctx);
    // One person's invitations follow each other, so that the cap holds against two contacts at once.
    await ctx.db
      .$queryRaw`select id from customers where workspace_id = ${ctx.workspaceId}::uuid and id = ${contact.customer_id}::uuid for no key update`;
    const fresh = (await readContact(ctx, interactionId)) ?? contact;
    const morning = inDaytime(ctx.now, fresh.time_zone);
    if (morning > ctx.now) {
      enqueue(ctx, "survey.invite", { interactionId }, { runAt: morning, key: `survey:${interactionId}` });
      return record(ctx, "survey.postponed", { subject: `interaction:${interactionId}`, detail: { until: morning } });
    }
    const { probability } = settings;
    const draw = { probability, seed: seedOf(interactionId), now: ctx.now };
    const suppression = suppressionOf(candidateOf(fresh), draw);
    const id = newId();
    if (!(await insertInvite(ctx, { id, contact: fresh, interactionId, probability, suppression })))
      return nothingChanged(ctx);
    if (suppression === null) {
      await writeLetter(ctx, fresh, id, "survey");
      enqueue(
        ctx,
        "survey.remind",
        { inviteId: id },
        { runAt: new Date(ctx.now.getTime() + reminderDays * day), key: `survey-remind:${id}` },
      );
      enqueue(
        ctx,
        "survey.expire",
        { inviteId: id },
        { runAt: new Date(ctx.now.getTime() + answerDays * day), key: `survey-expire:${id}` },
      );
    }
    record(ctx, suppression === null ? "survey.sent" : "survey.suppressed", {
      subject: `survey_invite:${id}`,
      customerId: fresh.customer_id,
      journeyId: fresh.journey_id,
      detail: { interactionId, suppression, probability, seed: draw.seed },
    });
  });
}

/** Reminds a silent person once; whoever refused meanwhile, or has a complaint open, is left alone. */
export async function remind(ctx: Context, inviteId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const [invite] = await ctx.db.$queryRaw<{ interaction_id: string }[]>`
      select interaction_id from survey_invites where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid
        and state in ('sent', 'opened') and reminded_at is null and expires_at > ${ctx.now} for update`;
    const contact = invite && (await readContact(ctx, invite.interaction_id));
    if (!contact?.email || contact.has_refused || contact.has_open_complaint) return nothingChanged(ctx);
    const morning = inDaytime(ctx.now, contact.time_zone);
    if (morning > ctx.now) {
      enqueue(ctx, "survey.remind", { inviteId }, { runAt: morning, key: `survey-remind:${inviteId}` });
      return record(ctx, "survey.postponed", { subject: `survey_invite:${inviteId}`, detail: { until: morning } });
    }
    await ctx.db
      .$executeRaw`update survey_invites set reminded_at = ${ctx.now} where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid`;
    await writeLetter(ctx, contact, inviteId, "survey_reminder");
    record(ctx, "survey.reminded", {
      subject: `survey_invite:${inviteId}`,
      customerId: contact.customer_id,
      journeyId: contact.journey_id,
    });
  });
}

/** Ends an invitation that nobody answered in fourteen days. */
export async function expire(ctx: Context, inviteId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const count = await ctx.db
      .$executeRaw`update survey_invites set state = 'expired' where workspace_id = ${ctx.workspaceId}::uuid
      and id = ${inviteId}::uuid and state in ('sent', 'opened') and expires_at <= ${ctx.now}`;
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "survey.expired", { subject: `survey_invite:${inviteId}` });
  });
}
