import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { loadForCommand } from "../journeys/commands";
import { visibleJourneys } from "../journeys/visibility";
import { record, transaction } from "../transaction";
import { dateOf, todayOf } from "./load";
import { planDay } from "./rules";
import type { DefineFirstValue, FirstValueKey, FirstValueView, MeasureFirstValue } from "./schema";

const columns = (
  w: Prisma.Sql,
) => Prisma.sql`f.text, f.sign, f.target_on::text as "targetOn", f.reached_on::text as "reachedOn", f.evidence, f.version,
  (select m.name from members m where m.workspace_id = ${w} and m.id = f.defined_by_id) as "definedByName",
  (select m.name from members m where m.workspace_id = ${w} and m.id = f.measured_by_id) as "measuredByName"`;

/** What was agreed to be the first value of a journey, whoever asks; null before anybody said it. */
export async function readFirstValue(ctx: Context, journeyId: string): Promise<FirstValueView | null> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<FirstValueView[]>`
    select ${columns(w)} from first_values f where f.workspace_id = ${w} and f.journey_id = ${journeyId}::uuid`;
  return row ?? null;
}

/** The first value of a customer's journey, the primary one unless another is named. Throws `not_found`. */
export async function getFirstValue(
  ctx: Context,
  { customerId, journeyId }: FirstValueKey,
): Promise<{ journeyId: string; firstValue: FirstValueView | null }> {
  requirePermission(ctx, "journeys.read");
  const which = journeyId ? Prisma.sql`j.id = ${journeyId}::uuid` : Prisma.sql`j.is_primary`;
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select j.id from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = ${customerId}::uuid and ${which} and ${visibleJourneys(ctx)}`;
  if (!row) throw new AppError("not_found", "journey");
  return { journeyId: row.id, firstValue: await readFirstValue(ctx, row.id) };
}

/**
 * Says what the customer gets out of it first, how everybody will notice, and by when; at the sale, by whoever may edit contacts.
 * Throws `refused` `first_value_measured` once it came, `conflict` on a stale version.
 */
export async function defineFirstValue(ctx: Context, input: DefineFirstValue): Promise<{ version: number }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { version, text, sign, targetOn } = input;
    const { journey } = await loadForCommand(ctx, { customerId: input.customerId, journeyId: input.journeyId });
    const before = await readFirstValue(ctx, journey.id);
    if (before?.reachedOn) throw new AppError("refused", "first_value_measured");
    if ((before?.version ?? 0) !== version)
      throw new AppError("conflict", "version", { current: { version: before?.version ?? 0 } });
    await ctx.db.$executeRaw`
      insert into first_values as f (workspace_id, journey_id, text, sign, target_on, defined_at, defined_by_id)
      values (${ctx.workspaceId}::uuid, ${journey.id}::uuid, ${text}, ${sign}, ${targetOn}::date, ${ctx.now}, ${ctx.memberId}::uuid)
      on conflict (workspace_id, journey_id) do update set text = excluded.text, sign = excluded.sign, target_on = excluded.target_on,
        defined_at = excluded.defined_at, defined_by_id = excluded.defined_by_id, version = f.version + 1`;
    record(ctx, "first_value.defined", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { before, after: { text, sign, targetOn } },
      data: { targetOn },
    });
    return { version: version + 1 };
  });
}

/**
 * Writes down on which day the first value came and by what one saw it, once. Throws `refused` `no_first_value` before anybody said
 * what it is, `first_value_measured` the second time, `in_the_future`, `not_won`.
 */
export async function measureFirstValue(ctx: Context, input: MeasureFirstValue): Promise<{ version: number }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { reachedOn, evidence } = input;
    const loaded = await loadForCommand(ctx, { customerId: input.customerId, journeyId: input.journeyId });
    const { journey } = loaded;
    const found = await readFirstValue(ctx, journey.id);
    if (!found) throw new AppError("refused", "no_first_value");
    if (found.reachedOn) throw new AppError("refused", "first_value_measured");
    if (journey.status !== "won" && journey.status !== "completed") throw new AppError("refused", "not_won");
    const [won] = await ctx.db.$queryRaw<{ on: string }[]>`
      select won_on::text as on from onboardings where workspace_id = ${workspaceId}::uuid and journey_id = ${journey.id}::uuid`;
    enforce(planDay(reachedOn, todayOf(ctx, loaded), won?.on ?? null, "reachedOn"));
    await ctx.db.firstValue.updateMany({
      where: { workspaceId, journeyId: journey.id },
      data: {
        ...{ reachedOn: dateOf(reachedOn), evidence, measuredAt: ctx.now, measuredById: ctx.memberId },
        version: { increment: 1 },
      },
    });
    record(ctx, "first_value.reached", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { reachedOn, evidence },
      data: { reachedOn },
    });
    return { version: found.version + 1 };
  });
}
