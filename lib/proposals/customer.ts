import { createTranslator } from "use-intl/core";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { localeOf } from "../i18n/locales";
import { messagesOf } from "../i18n/messages";
import { isId } from "../identifiers";
import { logInteraction } from "../interactions/commands";
import { limits, takeAttempt } from "../limits";
import type { OpenLink } from "../links/context";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { changeProposal } from "./commands";
import { todayOf } from "./content";
import { loadProposal, subjectOf } from "./loaded";
import { closeConflicts } from "./offers";
import { priceLine } from "./price";
import { planAccept, planEnd } from "./rules";
import type { AnswerOffer, CustomerLine, CustomerOffer } from "./schema";

const offersAtMost = 20;

/** What she was shown, and how it stands in her eyes: nothing of cost, margin, authority or other sellers. */
function offersSql(ctx: Context, customerId: string, which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select p.id, p.version, p.need, p.currency, p.list_minor::float8 as "listMinor", p.net_minor::float8 as "netMinor",
      p.monthly_minor::float8 as "monthlyMinor", p.term_months as "termMonths", p.free_months as "freeMonths",
      p.valid_to::text as "validTo", app.iso(p.presented_at) as "presentedAt", app.iso(p.ended_at) as "endedAt",
      p.answered_name as "answeredName", p.withdrawn_message as message,
      case when p.state = 'presented' and p.valid_to < ${todayOf(ctx)}::date then 'expired' else p.state end as state
    from proposals p
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.customer_id = ${customerId}::uuid and p.presented_at is not null ${which}
    order by p.presented_at desc, p.id limit ${offersAtMost}`;
}

/** The offers that a customer was shown, newest first. */
export function listCustomerOffers(ctx: Context, customerId: string): Promise<CustomerOffer[]> {
  return ctx.db.$queryRaw<CustomerOffer[]>(offersSql(ctx, customerId, Prisma.empty));
}

/** One offer as its customer reads it, with its lines. Throws `not_found` for what she was not shown and for another's. */
export async function getCustomerOffer(
  ctx: Context,
  customerId: string,
  id: string,
): Promise<CustomerOffer & { lines: CustomerLine[] }> {
  if (!isId(id)) throw new AppError("not_found", "proposal");
  const [offer] = await ctx.db.$queryRaw<CustomerOffer[]>(
    offersSql(ctx, customerId, Prisma.sql`and p.id = ${id}::uuid`),
  );
  if (!offer) throw new AppError("not_found", "proposal");
  const lines = await ctx.db.$queryRaw<Omit<CustomerLine, "netMinor">[]>`
    select l.position, d.name, l.quantity, l.recurrence, l.unit_minor::float8 as "unitMinor", l.discount_bp as "discountBp"
    from proposals p join proposal_lines l on l.workspace_id = p.workspace_id and l.proposal_id = p.id and l.revision = p.revision
    join products d on d.workspace_id = l.workspace_id and d.id = l.product_id
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.id = ${id}::uuid order by l.position`;
  return { ...offer, lines: lines.map((line) => ({ ...line, netMinor: priceLine(line).net })) };
}

/** What the timeline keeps of her answer, in the workspace's language, with her own words behind it. */
function wordsOf(ctx: Context, { answer, name, reason }: AnswerOffer, need: string): string {
  const locale = localeOf(ctx.locale, null);
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "contact" });
  return [t(`offer.logged_${answer}` as never, { name, need } as never), reason]
    .filter((part) => part !== "")
    .join(" ");
}

/**
 * The customer says yes or no to an offer she was shown, with her name: an inbound contact whose answer clock runs, told to
 * the seller and the OSC. The same answer given twice is one. Throws `not_found` for what is not hers, `refused`
 * `proposal_expired` after its last day and `no_such_move` when it stands no more, `limited` past five tries an hour.
 */
export async function answerOffer(ctx: Context, link: OpenLink, input: AnswerOffer): Promise<void> {
  const { customerId } = link;
  const to = input.answer === "accept" ? "accepted" : "declined";
  const shown = await getCustomerOffer(ctx, customerId, input.proposalId);
  if (shown.state === to) return;
  await takeAttempt(limits.question, link.id);
  await transaction(ctx, async (ctx) => {
    const found = await loadProposal(ctx, { id: input.proposalId, version: shown.version });
    const validTo = found.validTo.toISOString().slice(0, 10);
    enforce(planAccept({ ...found, validTo }, todayOf(ctx)));
    if (to === "declined") enforce(planEnd(found.state, to));
    await changeProposal(ctx, found, {
      state: to,
      endedAt: ctx.now,
      answeredName: input.name,
      ...(to === "declined" ? { isOor: false, endedReason: input.reason } : {}),
    });
    if (to === "declined") await closeConflicts(ctx, [found.id], null);
    await notify(ctx, [found.sellerId], `proposal_${to}`, customerId, { need: found.need });
    record(ctx, `proposal.${to}`, {
      ...subjectOf(found),
      detail: { before: found.state, after: to, name: input.name, by: "customer" },
      data: { need: found.need, netMinor: found.netMinor },
    });
    await logInteraction(ctx, {
      id: input.id,
      customerId,
      personId: null,
      medium: "portal",
      direction: "inbound",
      type: "proposal/price talk",
      isTwoWay: false,
      isAutomated: false,
      summary: wordsOf(ctx, input, found.need),
      moments: [],
      hadToRepeat: false,
      completesNext: false,
    });
  });
}
