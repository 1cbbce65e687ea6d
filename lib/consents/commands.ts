import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { record, transaction } from "../transaction";
import type { RecordConsent } from "./schema";

/**
 * Notes what a person allowed or refused. Rows are only ever added; the latest holds, and a refusal beats a grant of the
 * same instant. Throws `invalid` when it is said to have happened in the future.
 */
export async function recordConsent(ctx: Context, input: RecordConsent): Promise<{ id: string }> {
  if (ctx.actor.kind === "member" || ctx.actor.kind === "key") requirePermission(ctx, "customers.edit");
  const at = input.at ?? ctx.now;
  if (at > ctx.now) throw new AppError("invalid", "input", { fields: { at: "in_the_future" } });
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { customerId, personId, medium, purpose, state, evidence } = input;
    if (!isId(customerId) || !isId(personId)) throw new AppError("not_found", "person");
    if (ctx.actor.kind === "member" || ctx.actor.kind === "key") await requireVisibleCustomer(ctx, customerId);
    const person = await ctx.db.person.findFirst({
      where: { workspaceId, id: personId, customerId, mergedIntoId: null },
      select: { id: true },
    });
    if (!person) throw new AppError("not_found", "person");
    const id = newId();
    await ctx.db.consent.create({
      data: { workspaceId, id, personId, medium, purpose, state, evidence, at, recordedAt: ctx.now },
    });
    record(ctx, "consent.changed", {
      subject: `person:${personId}`,
      customerId,
      detail: { medium, purpose, state, at },
      data: { medium, state },
    });
    return { id };
  });
}
