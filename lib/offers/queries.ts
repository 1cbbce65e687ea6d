import { isTimeZone } from "../calendar/zone";
import type { Context } from "../context";
import { AppError } from "../errors";
import { todayOf } from "../proposals/content";
import { priceLine } from "../proposals/price";
import { getProposal } from "../proposals/queries";
import type { OfferPage, OfferState } from "./schema";

type Row = Omit<OfferPage, "state" | "lines"> & {
  state: string;
  lines: Omit<OfferPage["lines"][number], "netMinor">[];
};

/** What a proposal's state is to the customer on a day of the workspace; its last day still counts. */
export function offerStateOf(state: string, validTo: string, today: string): OfferState {
  if (state === "presented") return validTo < today ? "expired" : "open";
  return state === "accepted" || state === "declined" || state === "expired" || state === "superseded"
    ? state
    : "withdrawn";
}

/** A presented proposal as its customer sees it; nothing else of her, of us or of any other offer is read. */
export async function getOfferPage(ctx: Context, proposalId: string): Promise<OfferPage> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select w.name as company, c.locale as language, coalesce(c.time_zone, w.time_zone) as "timeZone", c.name as "customerName", p.need, p.state,
      p.currency, p.is_tax_included as "isTaxIncluded", p.tax_bp as "taxBp", p.list_minor::float8 as "listMinor", p.net_minor::float8 as "netMinor", p.monthly_minor::float8 as "monthlyMinor",
      p.full_net_minor::float8 as "fullNetMinor", p.chosen_options as "chosenOptions",
      p.term_months as "termMonths", p.free_months as "freeMonths", p.valid_to::text as "validTo", app.iso(p.presented_at) as "presentedAt", p.withdrawn_message as message,
      (select json_agg(json_build_object('productName', d.name, 'quantity', l.quantity, 'recurrence', l.recurrence, 'unitMinor', l.unit_minor,
          'discountBp', l.discount_bp, 'position', l.position, 'isOptional', l.is_optional) order by l.position)
        from proposal_lines l join products d on d.workspace_id = l.workspace_id and d.id = l.product_id
        where l.workspace_id = p.workspace_id and l.proposal_id = p.id and l.revision = p.revision) as lines,
      (select json_build_object('name', m.name, 'phone', m.phone, 'email', m.email)
        from journeys j join osc_assignments a on a.workspace_id = j.workspace_id and a.journey_id = j.id
          and (a.introduced_at is not null or a.from_at = (select min(f.from_at) from osc_assignments f
            where f.workspace_id = j.workspace_id and f.journey_id = j.id))
        join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
        where j.workspace_id = p.workspace_id and j.customer_id = p.customer_id and j.is_primary order by a.from_at desc limit 1) as contact,
      (select json_build_object('decision', a.decision, 'name', a.name, 'at', app.iso(a.answered_at))
        from proposal_answers a where a.workspace_id = p.workspace_id and a.proposal_id = p.id) as answer
    from proposals p join workspaces w on w.id = p.workspace_id
    join customers c on c.workspace_id = p.workspace_id and c.id = p.customer_id
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.id = ${proposalId}::uuid and p.presented_at is not null`;
  if (!row) throw new AppError("not_found", "offer_page");
  return {
    ...row,
    timeZone: isTimeZone(row.timeZone) ? row.timeZone : "UTC",
    state: offerStateOf(row.state, row.validTo, todayOf(ctx)),
    lines: row.lines.map((line) => ({ ...line, netMinor: priceLine(line).net })),
  };
}

/** The same for who may see the proposal among us; `not_found` before it was presented. */
export async function getOffer(ctx: Context, { id }: { id: string }): Promise<OfferPage> {
  await getProposal(ctx, { id });
  return getOfferPage(ctx, id);
}
