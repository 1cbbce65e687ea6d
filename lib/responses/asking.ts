import type { Context } from "../context";
import { lettersIn, setLetter } from "../email/letter";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { paths } from "../paths";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { surveySettings } from "./queries";
import { type Candidate, inDaytime, reminderDays, suppressionOf } from "./rules";
import { answerDays, type SurveySettings } from "./schema";
import { sealSurveyToken } from "./token";

const day = 86_400_000;

/** Whom a survey would ask, and everything that decides whether it does. */
export type Asked = {
  customer_id: string;
  journey_id: string | null;
  person_id: string | null;
  company: string;
  agent_name: string | null;
  language: string;
  time_zone: string;
  email: string | null;
  is_test: boolean;
  has_refused: boolean;
  has_open_complaint: boolean;
  last_asked_at: Date | null;
  is_worth_asking: boolean;
};

/** An invitation as it is written, sent or, with a reason, not. */
export type Draft<Found extends Asked> = {
  id: string;
  subjectId: string;
  asked: Found;
  probability: number;
  seed: number;
  suppression: string | null;
  sentAt: Date | null;
  expiresAt: Date | null;
};

/** A kind of survey: what it asks about, where its invitations stand and what its jobs and letters begin with. */
export type Kind<Found extends Asked = Asked> = {
  name: "survey" | "relationship";
  subject: "interaction" | "person";
  column: Prisma.Sql;
  table: Prisma.Sql;
  isOn(settings: SurveySettings): boolean;
  seedOf(subjectId: string, now: Date): number;
  read(ctx: Context, subjectId: string): Promise<Found | undefined>;
  /** Writes the invitation and returns its id; null when the subject has one already. */
  keep(ctx: Context, draft: Draft<Found>): Promise<string | null>;
};

/**
 * What decides whether a person, under the alias `p`, is asked anything: her address, her refusals, an open complaint of her
 * customer, and when she was last asked about whatever it was, also as somebody who turned out to be her.
 */
export function factsOf({ workspaceId }: Context, customerId: Prisma.Sql): Prisma.Sql {
  const w = Prisma.sql`${workspaceId}::uuid`;
  const lastIn = (
    table: Prisma.Sql,
  ) => Prisma.sql`(select max(s.sent_at) from ${table} s where s.workspace_id = ${w} and s.person_id in (
    select o.id from persons o where o.workspace_id = ${w} and o.customer_id = p.customer_id and (o.id = p.id or o.merged_into_id = p.id)))`;
  return Prisma.sql`coalesce(p.is_test, false) as is_test,
    (select cp.value from contact_points cp where cp.workspace_id = ${w} and cp.person_id = p.id and cp.kind = 'email'
      order by cp.verified_at nulls last, cp.created_at limit 1) as email,
    coalesce((select bool_or(k.state in ('denied', 'revoked')) from (select distinct on (o.medium) o.state from consents o
      where o.workspace_id = ${w} and o.person_id = p.id and o.purpose = 'survey'
      order by o.medium, o.at desc, (o.state in ('denied', 'revoked')) desc) k), false) as has_refused,
    exists (select from off_track_events e where e.workspace_id = ${w} and e.customer_id = ${customerId} and e.trigger = 'T9'
        and e.state in ('open', 'playing'))
      or exists (select from journeys j join interactions x on x.workspace_id = ${w} and x.journey_id = j.id and x.type = 'complaint'
        and x.direction = 'inbound' and x.started_at >= j.unanswered_since
        where j.workspace_id = ${w} and j.customer_id = ${customerId} and j.unanswered_since is not null) as has_open_complaint,
    greatest(${lastIn(Prisma.sql`survey_invites`)}, ${lastIn(Prisma.sql`relationship_invites`)}) as last_asked_at`;
}

const candidateOf = (row: Asked): Candidate => ({
  email: row.email,
  isTest: row.is_test,
  hasRefused: row.has_refused,
  hasOpenComplaint: row.has_open_complaint,
  lastAskedAt: row.last_asked_at,
});

/** The letter in the customer's language: one question's worth of words, one link. */
async function writeLetter(ctx: Context, { name }: Kind, asked: Asked, inviteId: string, again = ""): Promise<void> {
  const { company, email, language } = asked;
  if (!email) return;
  const words = lettersIn(language);
  const url = `${publicOrigin()}${paths.survey(sealSurveyToken({ workspaceId: ctx.workspaceId, inviteId }))}`;
  const who = asked.agent_name?.trim().split(/\s+/)[0] ?? company;
  const letter = {
    subject: words(`${name}${again}.subject`, { company, who }),
    paragraphs: [words(`${name}${again}.text`, { company, who }), words(`${name}.effort`)],
    action: { label: words(`${name}.do`), url },
    foot: words(`${name}.foot`, { email, company }),
  };
  await sendMail(ctx, setLetter(email, letter, language));
}

const inDays = (ctx: Context, count: number) => new Date(ctx.now.getTime() + count * day);

/** What comes due once the letter is out: one reminder, and the end. */
function clockInvite(ctx: Context, { name }: Kind, inviteId: string): void {
  const due = (what: string, days: number) =>
    enqueue(ctx, `${name}.${what}`, { inviteId }, { runAt: inDays(ctx, days), key: `${name}-${what}:${inviteId}` });
  due("remind", reminderDays);
  due("expire", answerDays);
}

/**
 * Asks, or notes why not (DOMAIN C2). At night it waits for the person's morning. May run twice and asks once.
 */
export async function ask<Found extends Asked>(ctx: Context, kind: Kind<Found>, subjectId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const settings = await surveySettings(ctx);
    const found = kind.isOn(settings) ? await kind.read(ctx, subjectId) : undefined;
    if (!found?.is_worth_asking) return nothingChanged(ctx);
    // One person's invitations follow each other, so that the cap holds against two at once.
    await ctx.db
      .$queryRaw`select id from customers where workspace_id = ${ctx.workspaceId}::uuid and id = ${found.customer_id}::uuid for no key update`;
    const asked = await kind.read(ctx, subjectId);
    if (!asked?.is_worth_asking) return nothingChanged(ctx);
    const morning = inDaytime(ctx.now, asked.time_zone);
    if (morning > ctx.now) {
      const job = { runAt: morning, key: `${kind.name}:${subjectId}` };
      enqueue(ctx, `${kind.name}.invite`, { [`${kind.subject}Id`]: subjectId }, job);
      return record(ctx, "survey.postponed", {
        subject: `${kind.subject}:${subjectId}`,
        detail: { until: morning },
      });
    }
    const { probability } = settings;
    const seed = kind.seedOf(subjectId, ctx.now);
    const suppression = suppressionOf(candidateOf(asked), { probability, seed, now: ctx.now });
    const sent = suppression === null ? { sentAt: ctx.now, expiresAt: inDays(ctx, answerDays) } : unsent;
    const id = await kind.keep(ctx, { id: newId(), subjectId, asked, probability, seed, suppression, ...sent });
    if (id === null) return nothingChanged(ctx);
    if (suppression === null) {
      await writeLetter(ctx, kind, asked, id);
      clockInvite(ctx, kind, id);
    }
    record(ctx, suppression === null ? "survey.sent" : "survey.suppressed", {
      subject: `${kind.name}_invite:${id}`,
      customerId: asked.customer_id,
      journeyId: asked.journey_id,
      detail: { [`${kind.subject}Id`]: subjectId, suppression, probability, seed },
    });
  });
}

const unsent = { sentAt: null, expiresAt: null };

/** Reminds a silent person once; whoever refused meanwhile, or has a complaint open, is left alone. */
export async function remind(ctx: Context, kind: Kind, inviteId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const [invite] = await ctx.db.$queryRaw<{ subject_id: string }[]>`
      select ${kind.column} as subject_id from ${kind.table} where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid
        and state in ('sent', 'opened') and reminded_at is null and expires_at > ${ctx.now} for update`;
    const asked = invite && (await kind.read(ctx, invite.subject_id));
    if (!asked?.email || asked.has_refused || asked.has_open_complaint) return nothingChanged(ctx);
    const morning = inDaytime(ctx.now, asked.time_zone);
    const subject = `${kind.name}_invite:${inviteId}`;
    if (morning > ctx.now) {
      const job = { runAt: morning, key: `${kind.name}-remind:${inviteId}` };
      enqueue(ctx, `${kind.name}.remind`, { inviteId }, job);
      return record(ctx, "survey.postponed", { subject, detail: { until: morning } });
    }
    await ctx.db
      .$executeRaw`update ${kind.table} set reminded_at = ${ctx.now} where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid`;
    await writeLetter(ctx, kind, asked, inviteId, "_reminder");
    record(ctx, "survey.reminded", { subject, customerId: asked.customer_id, journeyId: asked.journey_id });
  });
}

/** Ends an invitation that nobody answered in fourteen days. */
export async function expire(ctx: Context, kind: Kind, inviteId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const count = await ctx.db
      .$executeRaw`update ${kind.table} set state = 'expired' where workspace_id = ${ctx.workspaceId}::uuid
      and id = ${inviteId}::uuid and state in ('sent', 'opened') and expires_at <= ${ctx.now}`;
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "survey.expired", { subject: `${kind.name}_invite:${inviteId}` });
  });
}
