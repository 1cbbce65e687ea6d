import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ProposalForm } from "@/components/proposals/proposal-form";
import { standingWords } from "@/components/proposals/standing-words";
import { apart } from "@/components/ui/apart";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { isId } from "@/lib/identifiers";
import { listPriceBooks } from "@/lib/products/queries";
import { requireSeller } from "@/lib/proposals/power";
import { listOffersOfRecord, readCustomerToOffer } from "@/lib/proposals/queries";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<{ customer?: string | string[] }> };
const month = 30 * 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("new_title") };
}

async function readPage(ctx: Context, customerId: string) {
  const customer = await readCustomerToOffer(ctx, customerId);
  await requireSeller(ctx, customerId);
  const [offers, books] = await Promise.all([listOffersOfRecord(ctx, customerId), listPriceBooks(ctx)]);
  return { customer, offers, books, validTo: new Date(ctx.now.getTime() + month).toISOString().slice(0, 10) };
}

/** Drafts a proposal; what colleagues offered already stands before the form. */
export default async function NewProposalPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { customer: customerId } = await searchParams;
  if (typeof customerId !== "string" || !isId(customerId)) notFound();
  const { customer, offers, books, validTo } = await load(workspace, readPage, customerId);
  const t = await getTranslations("proposals");
  const locale = await getLocale();
  return (
    <Messages namespaces={["proposals"]}>
      <PageHead title={t("new_title")} statement={<bdi>{t("for", { name: apart(customer.name) })}</bdi>} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-4 pb-12 md:px-7">
        {offers.length > 0 ? (
          <section aria-label={t("before")} className="max-w-220 border-warn border-s-2 ps-3">
            <h2 className="font-550 text-13">{t("before")}</h2>
            <ul>
              {offers.map((offer) => (
                <li key={offer.id} className="py-0.5 text-13">
                  {standingWords(offer, (key, values) => t(key, values), locale)}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <ProposalForm
          {...{ workspace, customerId, books, validTo }}
          needs={customer.needs}
          standing={offers.map(({ id, need }) => ({ id, need }))}
        />
      </div>
    </Messages>
  );
}
