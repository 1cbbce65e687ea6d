import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { evaluateByCustomer } from "../evaluations/commands";
import { isId, newId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { openRecoveryCase } from "../recovery-cases/open";
import { opensCase } from "../recovery-cases/rules";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { isLate, standingOf } from "./rules";
import { type GiveResponse, type ResponseReceipt, type ResponseSource, type SetSurvey, saysSomething } from "./schema";

const fiveMinutes = 5 * 60_000;

type Asked = {
  id: string;
  customer_id: string;
  journey_id: string | null;
  ended_at: Date;
  experience_class: string | null;
};

type Written = Omit<GiveResponse, "source"> & {
  interactionId: string;
  source: ResponseSource;
  inviteId?: string;
  expiresAt?: Date | null;
};

/** The interaction, locked behind its customer, as merges lock them. */
async function lockInteraction(ctx: Context, id: string): Promise<Asked> {
  if (!isId(id)) throw new AppError("not_found", "interaction");
  const { workspaceId } = ctx;
  await ctx.db.$queryRaw`select id from customers where workspace_id = ${workspaceId}::uuid and id =
    (select customer_id from interactions where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid) for no key update`;
  const [row] = await ctx.db.$queryRaw<Asked[]>`
    select id, customer_id, journey_id, coalesce(ended_at, started_at) as ended_at, experience_class from interactions
    where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for no key update`;
  if (!row) throw new AppError("not_found", "interaction");
  return row;
}

type Known = ResponseReceipt & { isSame: boolean };

/** What was sent before under this id, and whether it said the same. */
async function findSent(ctx: Context, input: Written): Promise<Known | undefined> {
  if (!input.externalId) return undefined;
  const { expectation, outcome, disconfirmation, csat, ces, nps, comment } = input;
  const [row] = await ctx.db.$queryRaw<Known[]>`
    select id, interaction_id as "interactionId", source, class, is_late as "isLate", counts_for_class as "countsForClass", false as "isNew",
      (interaction_id, expectation, outcome, disconfirmation, csat, ces, nps, comment) is not distinct from
      (${input.interactionId}::uuid, ${expectation ?? null}::smallint, ${outcome ?? null}::smallint, ${disconfirmation ?? null}::smallint,
        ${csat ?? null}::smallint, ${ces ?? null}::smallint, ${nps ?? null}::smallint, ${comment}::text) as "isSame"
    from responses where workspace_id = ${ctx.workspaceId}::uuid and source_system = ${input.sourceSystem ?? "api"} and external_id = ${input.externalId}`;
  return row;
}

/** Whether what comes under this id was taken back by its customer: it does not come again. */
async function wasWithdrawn(ctx: Context, { externalId, sourceSystem }: Written): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select 1 from response_withdrawals where workspace_id = ${ctx.workspaceId}::uuid and source_system = ${sourceSystem ?? "api"}
      and external_id = ${externalId ?? ""}`;
  return rows.length > 0;
}

async function insertResponse(
  ctx: Context,
  input: Written,
  at: { id: string; answeredAt: Date; late: boolean; class: string | null; countsForClass: boolean },
): Promise<void> {
  const { externalId, source } = input;
  const authorId = source === "staff" ? ctx.memberId : null;
  if (source === "staff" && !authorId) throw new AppError("forbidden", "customers.edit");
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into responses (workspace_id, id, interaction_id, invite_id, source, author_id, source_system, external_id, expectation, outcome,
      disconfirmation, csat, ces, nps, comment, language, class, answered_at, recorded_at, is_late, counts_for_class)
    values (${ctx.workspaceId}::uuid, ${at.id}::uuid, ${input.interactionId}::uuid, ${input.inviteId ?? null}::uuid, ${source}, ${authorId}::uuid,
      ${externalId ? (input.sourceSystem ?? "api") : null}, ${externalId ?? null}, ${input.expectation ?? null}::smallint, ${input.outcome ?? null}::smallint,
      ${input.disconfirmation ?? null}::smallint, ${input.csat ?? null}::smallint, ${input.ces ?? null}::smallint, ${input.nps ?? null}::smallint,
      ${input.comment}, ${input.language ?? null}, ${at.class}, ${at.answeredAt}, ${ctx.now}, ${at.late}, ${at.countsForClass})
    on conflict do nothing returning id`;
  if (!row) throw new AppError("conflict", "duplicate");
}

/**
 * Keeps what was said of one interaction, for good, and classes the interaction by the customer's first timely word
 * (DOMAIN F31). The same external id with the same words is one response; with other words, and a member's second view, it is
 * a `conflict` `duplicate`; what was withdrawn is a `conflict` `withdrawn`. Throws `invalid` on a time to come and on an answer that says nothing.
 */
export async function writeResponse(ctx: Context, input: Written): Promise<ResponseReceipt> {
  if (!saysSomething(input)) throw new AppError("invalid", "input", { fields: { outcome: "nothing_said" } });
  const answeredAt = input.answeredAt ?? ctx.now;
  if (answeredAt.getTime() > ctx.now.getTime() + fiveMinutes)
    throw new AppError("invalid", "input", { fields: { answeredAt: "in_the_future" } });
  return transaction(ctx, async (ctx) => {
    const asked = await lockInteraction(ctx, input.interactionId);
    if (input.externalId && (await wasWithdrawn(ctx, input))) throw new AppError("conflict", "withdrawn");
    const known = await findSent(ctx, input);
    if (known) {
      const { isSame, ...receipt } = known;
      if (!isSame) throw new AppError("conflict", "duplicate", { current: receipt });
      nothingChanged(ctx);
      return receipt;
    }
    const late = isLate(answeredAt, asked.ended_at, input.expiresAt ?? null);
    const voice = {
      expectation: input.expectation ?? null,
      outcome: input.outcome ?? null,
      disconfirmation: input.disconfirmation ?? null,
    };
    const isDecided = asked.experience_class !== null;
    const standing = standingOf(input.source, voice, { late, isDecided });
    const id = newId();
    await insertResponse(ctx, input, { id, answeredAt, late, ...standing });
    if (standing.countsForClass)
      await ctx.db.$executeRaw`update interactions set experience_class = ${standing.class}
        where workspace_id = ${ctx.workspaceId}::uuid and id = ${asked.id}::uuid`;
    if (standing.countsForClass && voice.outcome !== null) await evaluateByCustomer(ctx, asked.id, voice.outcome);
    const { source } = input;
    const ces = input.ces ?? null;
    if (opensCase({ source, ...standing, ces, isLate: late, isDecided }))
      await openRecoveryCase(ctx, { interactionId: asked.id, origin: "response", responseId: id, at: answeredAt });
    if (input.comment !== "" && source !== "staff") enqueue(ctx, "themes.tag", { responseId: id });
    record(ctx, "response.received", {
      subject: `response:${id}`,
      customerId: asked.customer_id,
      journeyId: asked.journey_id,
      detail: { interactionId: asked.id, source, ...standing, isLate: late },
      data: { interactionId: asked.id, source, class: standing.class, countsForClass: standing.countsForClass },
    });
    return { id, interactionId: asked.id, source, ...standing, isLate: late, isNew: true };
  });
}

async function requireVisibleInteraction(ctx: Context, id: string): Promise<void> {
  if (!isId(id)) throw new AppError("not_found", "interaction");
  const [row] = await ctx.db.$queryRaw<{ customer_id: string }[]>`
    select customer_id from interactions where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`;
  if (!row) throw new AppError("not_found", "interaction");
  await requireVisibleCustomer(ctx, row.customer_id);
}

/**
 * Takes what a customer said elsewhere (managers and integrations only: nobody writes scores about her own work), or how a
 * member herself saw it. `not_found` when the interaction is not here or its customer may not be seen.
 */
export async function giveResponse(
  ctx: Context,
  { interactionId, ...input }: GiveResponse & { interactionId: string },
): Promise<ResponseReceipt> {
  requirePermission(ctx, input.source === "staff" ? "customers.edit" : "responses.record");
  await requireVisibleInteraction(ctx, interactionId);
  return writeResponse(ctx, { ...input, interactionId });
}

/** Whether customers are asked, how many of them and what, and the share of positive interactions that is aimed at. */
export async function setSurvey(ctx: Context, { version, ...wanted }: SetSurvey): Promise<{ version: number }> {
  requirePermission(ctx, "responses.record");
  const seconds = wanted.seconds ? JSON.stringify(wanted.seconds) : null;
  return transaction(ctx, async (ctx) => {
    const [row] = await ctx.db.$queryRaw<{ version: number }[]>`
      insert into survey_settings as s (workspace_id, is_on, probability, target, second_questions, asks_relationship, version)
      select ${ctx.workspaceId}::uuid, ${wanted.isOn}, ${wanted.probability}, ${wanted.target}, coalesce(${seconds}::jsonb, '{}'), ${wanted.asksRelationship ?? true}, 1 where ${version} = 0
        or exists (select from survey_settings e where e.workspace_id = ${ctx.workspaceId}::uuid)
      on conflict (workspace_id) do update set is_on = excluded.is_on, probability = excluded.probability, target = excluded.target,
        second_questions = coalesce(${seconds}::jsonb, s.second_questions),
        asks_relationship = coalesce(${wanted.asksRelationship ?? null}::boolean, s.asks_relationship), version = s.version + 1 where s.version = ${version}
      returning s.version`;
    if (!row) throw new AppError("conflict", "version");
    record(ctx, "survey.set", { subject: `workspace:${ctx.workspaceId}`, detail: wanted });
    return { version: row.version };
  });
}
