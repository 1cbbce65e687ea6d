import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { requireVisibleCustomer } from "../journeys/visibility";
import { strictest } from "./rules";
import type { ConsentState, ConsentView, PersonConsentView } from "./schema";

const silent: ConsentView = { phone: "unknown", sms: "unknown", email: "unknown" };

/** Purposes that decide whether we may get in touch; recording and surveys ask for themselves. */
const contactPurposes = ["marketing", "service"];

/**
 * Whether each customer may be called, texted and mailed: the latest word per person and purpose, and one refusal in the
 * household counts for all of it. One statement; customers without a word are `unknown` in everything.
 */
export async function consentsOf(ctx: Context, customerIds: readonly string[]): Promise<Map<string, ConsentView>> {
  const answers = new Map(customerIds.map((id) => [id, silent]));
  if (customerIds.length === 0) return answers;
  const rows = await ctx.db.$queryRaw<{ customer_id: string; medium: keyof ConsentView; states: string[] }[]>`
    select customer_id, medium, array_agg(state) as states from (
      select distinct on (p.id, c.medium, c.purpose) p.customer_id, c.medium, c.state
      from persons p join consents c on c.workspace_id = p.workspace_id and c.person_id = p.id
      where p.workspace_id = ${ctx.workspaceId}::uuid and p.customer_id = any(${[...customerIds]}::uuid[]) and p.merged_into_id is null
        and c.medium in ('phone', 'sms', 'email') and c.purpose = any(${contactPurposes}::text[])
      order by p.id, c.medium, c.purpose, c.at desc, (c.state in ('denied', 'revoked')) desc) latest
    group by customer_id, medium`;
  for (const { customer_id, medium, states } of rows) {
    answers.set(customer_id, { ...(answers.get(customer_id) ?? silent), [medium]: strictest(states) });
  }
  return answers;
}

/** The word that holds for each person, medium and purpose of a customer. `not_found` when she may not be seen. */
export async function listConsents(ctx: Context, { customerId }: { customerId: string }): Promise<PersonConsentView[]> {
  requirePermission(ctx, "journeys.read");
  await requireVisibleCustomer(ctx, customerId);
  const rows = await ctx.db.$queryRaw<
    { person_id: string; medium: string; purpose: string; state: ConsentState; at: Date }[]
  >`
    select distinct on (p.id, c.medium, c.purpose) p.id as person_id, c.medium, c.purpose, c.state, c.at
    from persons p join consents c on c.workspace_id = p.workspace_id and c.person_id = p.id
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.customer_id = ${customerId}::uuid and p.merged_into_id is null
    order by p.id, c.medium, c.purpose, c.at desc, (c.state in ('denied', 'revoked')) desc`;
  return rows.map(({ person_id, medium, purpose, state, at }) => ({
    personId: person_id,
    medium,
    purpose,
    state,
    at: at.toISOString(),
  }));
}
