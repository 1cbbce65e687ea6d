import { requirePermission } from "../auth/permissions";
import { recordConsent } from "../consents/commands";
import type { Context } from "../context";
import { publicOrigin } from "../env";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { logInteraction } from "../interactions/commands";
import { loadForCommand } from "../journeys/commands";
import { limits, takeAttempt } from "../limits";
import { paths } from "../paths";
import { nothingChanged, record, transaction } from "../transaction";
import type { OpenLink } from "./context";
import type { AskQuestion, CustomerLinkOf } from "./schema";
import { sealCustomerToken } from "./token";

/** The address of a customer's page: made once, the same for life until it is revoked. */
export async function customerLink(ctx: Context, { customerId }: CustomerLinkOf): Promise<{ address: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { journey } = await loadForCommand(ctx, { customerId });
    const standing = await ctx.db.customerLink.findFirst({
      where: { workspaceId, customerId, revokedAt: null },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    const linkId = standing?.id ?? newId();
    if (standing) nothingChanged(ctx);
    else {
      await ctx.db.customerLink.create({
        data: { workspaceId, id: linkId, customerId, journeyId: journey.id, createdAt: ctx.now },
      });
      record(ctx, "customer_link.created", { subject: `customer_link:${linkId}`, customerId, journeyId: journey.id });
    }
    return { address: `${publicOrigin()}${paths.customerPage(sealCustomerToken({ workspaceId, linkId }))}` };
  });
}

/** Ends every link of a customer at once; what she was sent answers like an address that never was. */
export async function revokeCustomerLinks(ctx: Context, { customerId }: CustomerLinkOf): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { journey } = await loadForCommand(ctx, { customerId });
    const { count } = await ctx.db.customerLink.updateMany({
      where: { workspaceId, customerId, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    const offers = await ctx.db.$executeRaw`
      update proposal_links l set revoked_at = ${ctx.now} from proposals p
      where l.workspace_id = ${workspaceId}::uuid and l.revoked_at is null
        and p.workspace_id = l.workspace_id and p.id = l.proposal_id and p.customer_id = ${customerId}::uuid`;
    if (count + offers === 0) throw new AppError("not_found", "customer_link");
    const subject = `customer:${customerId}`;
    record(ctx, "customer_link.revoked", { subject, customerId, journeyId: journey.id, detail: { count, offers } });
  });
}

const seenAfter = 3_600_000;

/** Notes that the customer looked at her page, at most once an hour. */
export async function noteSeen(ctx: Context, link: OpenLink): Promise<void> {
  const since = link.lastSeenAt?.getTime() ?? 0;
  if (ctx.now.getTime() - since < seenAfter) return;
  await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.customerLink.updateMany({
      where: {
        workspaceId: ctx.workspaceId,
        id: link.id,
        OR: [{ lastSeenAt: null }, { lastSeenAt: { lte: new Date(ctx.now.getTime() - seenAfter) } }],
      },
      data: { lastSeenAt: ctx.now },
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "customer_link.seen", { subject: `customer_link:${link.id}`, customerId: link.customerId });
  });
}

/**
 * The customer asks: an inbound contact whose answer clock runs (T10). The same id asked twice is one question and
 * takes no second attempt; five an hour per link, then `limited`.
 */
export async function askQuestion(ctx: Context, link: OpenLink, input: AskQuestion): Promise<void> {
  const { customerId } = link;
  const known = await ctx.db.interaction.findFirst({
    where: { workspaceId: ctx.workspaceId, id: input.id },
    select: { customerId: true },
  });
  if (known?.customerId === customerId) return;
  if (known) throw new AppError("conflict", "duplicate");
  await takeAttempt(limits.question, link.id);
  const person = await ctx.db.person.findFirst({
    where: { workspaceId: ctx.workspaceId, customerId, isPrimary: true, mergedIntoId: null },
    select: { id: true },
  });
  await logInteraction(ctx, {
    id: input.id,
    customerId,
    personId: person?.id ?? null,
    medium: "portal",
    direction: "inbound",
    type: "status update",
    isTwoWay: false,
    isAutomated: false,
    summary: input.text,
    moments: [],
    hadToRepeat: false,
    completesNext: false,
  });
}

/** The customer wants no more marketing by any medium; what her journey needs still reaches her. */
export async function stopMessages(ctx: Context, { customerId }: OpenLink): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const person = await ctx.db.person.findFirst({
      where: { workspaceId: ctx.workspaceId, customerId, isPrimary: true, mergedIntoId: null },
      select: { id: true },
    });
    if (!person) throw new AppError("not_found", "person");
    for (const medium of ["phone", "sms", "email"] as const) {
      await recordConsent(ctx, {
        customerId,
        personId: person.id,
        medium,
        purpose: "marketing",
        state: "revoked",
        evidence: { source: "form", text: "customer page" },
      });
    }
  });
}
