import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { calledName, datesOf } from "@/components/contact/contact-words";
import { OfferAnswer } from "@/components/contact/offer-answer";
import { apart } from "@/components/ui/apart";
import { Messages } from "@/components/ui/messages";
import { AppError } from "@/lib/errors";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import { sayMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import { getCustomerOffer } from "@/lib/proposals/customer";
import type { CustomerLine, CustomerOffer } from "@/lib/proposals/schema";

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("contact.offer"))("title");
  return { title: { absolute: title }, robots: { index: false, follow: false }, referrer: "no-referrer" };
}

async function readPage(token: string, id: string) {
  try {
    return await asCustomer(token, async (ctx, { customerId }) => ({
      offer: await getCustomerOffer(ctx, customerId, id),
      page: await getContactPage(ctx, customerId),
    }));
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** One offer as its customer reads it: what she gets, what it costs, until when it holds, and her answer. */
export default async function OfferPage({ params }: { params: Promise<{ token: string; id: string }> }) {
  const { token, id } = await params;
  const { offer, page } = await readPage(token, id);
  const t = await getTranslations("contact.offer");
  const locale = await getLocale();
  const dates = datesOf(locale, page.timeZone);
  const osc = calledName(page.osc.name);
  const money = (minor: number) => apart(sayMoney({ minor, currency: offer.currency }, locale));
  const lastDay = dates.day(`${offer.validTo}T12:00:00Z`);
  return (
    <main className="mx-auto min-h-dvh max-w-110 border-hairline border-x bg-sheet px-5.5 pt-4 pb-7 text-16 print:border-0">
      <header className="flex items-center justify-between text-14 text-ink-2">
        <b className="font-medium font-serif text-16 text-ink-1">
          <bdi>{page.company}</bdi>
        </b>
        <Link
          href={paths.customerPage(token)}
          prefetch={false}
          className="no-print min-h-11 content-center px-1 underline"
        >
          {t("back")}
        </Link>
      </header>
      <h1 className="mt-5 mb-1 text-balance font-serif text-28">{t("for", { need: apart(offer.need) })}</h1>
      <p className="mb-4 text-14 text-ink-2">
        {t("from", { company: apart(page.company), date: dates.day(offer.presentedAt) })}
      </p>
      <Lines lines={offer.lines} money={money} />
      <Totals offer={offer} money={money} />
      <p className="py-3 text-14 text-ink-2">
        {offer.state === "presented" ? t("valid", { date: lastDay }) : t(`over.${offer.state}`, { osc, date: lastDay })}
        {offer.message ? (
          <span className="block">
            <bdi>{offer.message}</bdi>
          </span>
        ) : null}
        {offer.answeredName && offer.endedAt ? (
          <span className="block">
            {t("answered", { name: apart(offer.answeredName), date: dates.day(offer.endedAt) })}
          </span>
        ) : null}
      </p>
      {offer.state === "presented" ? (
        <section className="no-print border-hairline border-t py-4">
          <Messages namespaces={["contact"]}>
            <OfferAnswer token={token} proposalId={offer.id} amount={money(offer.netMinor)} osc={osc} />
          </Messages>
        </section>
      ) : null}
    </main>
  );
}

type LinesProps = { lines: readonly CustomerLine[]; money: (minor: number) => string };

async function Lines({ lines, money }: LinesProps) {
  const t = await getTranslations("contact.offer");
  const percent = new Intl.NumberFormat(await getLocale(), { style: "percent", maximumFractionDigits: 2 });
  return (
    <table className="w-full text-14">
      <thead className="text-12 text-ink-3">
        <tr>
          <th scope="col" className="py-1 text-start font-normal">
            {t("item")}
          </th>
          <th scope="col" className="py-1 text-end font-normal">
            {t("amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ position, name, quantity, unitMinor, discountBp, netMinor, recurrence }) => (
          <tr key={position} className="border-hairline border-t align-baseline">
            <td className="py-2 pe-3">
              <bdi>{name}</bdi>
              <span className="block text-12 text-ink-3">
                {t("each", { quantity, price: money(unitMinor) })}
                {discountBp > 0 ? `, ${t("discount", { percent: percent.format(discountBp / 10_000) })}` : null}
              </span>
            </td>
            <td className="num whitespace-nowrap py-2 text-end">
              {money(netMinor)}
              {recurrence === "monthly" ? <span className="block text-12 text-ink-3">{t("monthly")}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function Totals({ offer, money }: { offer: CustomerOffer; money: (minor: number) => string }) {
  const t = await getTranslations("contact.offer");
  const { netMinor, monthlyMinor, termMonths, freeMonths } = offer;
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 border-hairline-strong border-t pt-2">
      <dt className="text-14">{t("total")}</dt>
      <dd className="num font-serif text-20">{money(netMinor)}</dd>
      {termMonths > 1 ? (
        <dd className="col-span-2 text-end text-12 text-ink-3">
          {t("per_month", { amount: money(monthlyMinor), months: termMonths })}
          {freeMonths > 0 ? `, ${t("free", { months: freeMonths })}` : null}
        </dd>
      ) : null}
    </dl>
  );
}
