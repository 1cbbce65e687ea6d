import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OfferForm } from "@/components/offers/offer-form";
import { OfferLines } from "@/components/offers/offer-lines";
import { closedWords, type OfferWords, offerWords } from "@/components/offers/offer-words";
import { apart } from "@/components/ui/apart";
import { AppError } from "@/lib/errors";
import { directionOf, localeOf } from "@/lib/i18n/locales";
import { noteOfferSeen } from "@/lib/offers/commands";
import { asOffered } from "@/lib/offers/context";
import { getOfferPage } from "@/lib/offers/queries";
import type { OfferPage } from "@/lib/offers/schema";
import { paths } from "@/lib/paths";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ lang?: string; said?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("offer"))("title");
  return { title: { absolute: title }, robots: { index: false, follow: false }, referrer: "same-origin" };
}

async function readPage(token: string): Promise<OfferPage> {
  try {
    return await asOffered(token, async (ctx, link) => {
      const page = await getOfferPage(ctx, link.proposalId);
      await noteOfferSeen(ctx, link);
      return page;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

const others = { en: "עברית", he: "English" } as const;

/** What the customer is offered, in her language: read it, save it, ask about it, and say yes or no, with or without scripts. */
export default async function OfferOfCustomerPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { lang, said } = await searchParams;
  const offer = await readPage(token);
  // What she chose here, then what she chose before, then the language that she is written to in.
  const locale = localeOf(lang ?? (await cookies()).get("locale")?.value ?? offer.language, null);
  const other = locale === "he" ? "en" : "he";
  const words = offerWords(locale, offer, apart);
  const { t, day } = words;
  const closed = closedWords(offer, words);
  return (
    <main
      lang={locale}
      dir={directionOf(locale)}
      className="mx-auto min-h-dvh max-w-140 border-hairline border-x bg-sheet px-5.5 pt-4 pb-7 text-16"
    >
      <header className="flex items-center justify-between text-14 text-ink-2">
        <b className="font-medium font-serif text-16 text-ink-1">
          <bdi>{offer.company}</bdi>
        </b>
        <a
          href={paths.offer(token, new URLSearchParams({ lang: other }))}
          lang={other}
          dir={directionOf(other)}
          className="inline-flex min-h-11 items-center px-1 hover:underline"
        >
          {others[locale]}
        </a>
      </header>
      <h1 className="mt-5 mb-1 text-balance font-serif text-28">{t("title")}</h1>
      <p className="mb-4 text-14 text-ink-2">
        {t("for", { need: offer.need, name: offer.customerName })}
        <br />
        {t("presented", { date: day(offer.presentedAt) })} · {t("valid", { date: day(offer.validTo) })}
      </p>
      {closed ? (
        <div role="status" className="mb-4 rounded-lg border border-hairline-strong px-3.5 py-3">
          <h2 className="font-medium font-serif text-20">{closed.title}</h2>
          <p className="text-ink-2">{closed.text}</p>
          {offer.message ? (
            <p>
              <bdi>{offer.message}</bdi>
            </p>
          ) : null}
          {said === "answered" ? <p className="text-14 text-ink-2">{t("before")}</p> : null}
        </div>
      ) : null}
      {!closed && (said === "missing" || said === "limited") ? (
        <p role="alert" className="mb-4 rounded-lg border border-bad px-3.5 py-2.5 text-14">
          {t(said)}
        </p>
      ) : null}
      <OfferLines offer={offer} words={words} />
      <p className="pb-4">
        <a
          href={`${paths.offer(token)}/pdf?lang=${locale}`}
          className="inline-flex min-h-11 items-center text-14 underline underline-offset-4"
        >
          {t("pdf")}
        </a>
      </p>
      {closed ? null : <OfferForm token={token} locale={locale} words={words} />}
      <Ask contact={offer.contact} words={words} />
    </main>
  );
}

/** Whom she may ask, and how; nothing where nobody is named. */
function Ask({ contact, words: { t } }: { contact: OfferPage["contact"]; words: OfferWords }) {
  if (!contact) return null;
  const { name, phone, email } = contact;
  return (
    <footer className="border-hairline border-t pt-3 text-14 text-ink-2">
      <p>{t("ask", { name })}</p>
      <p className="flex flex-wrap gap-x-5">
        {phone ? (
          <a href={`tel:${phone}`} className="inline-flex min-h-11 items-center gap-1.5 underline underline-offset-4">
            {t("call")} <bdi dir="ltr">{phone}</bdi>
          </a>
        ) : null}
        {email ? (
          <a
            href={`mailto:${email}`}
            className="inline-flex min-h-11 items-center gap-1.5 underline underline-offset-4"
          >
            {t("write")} <bdi dir="ltr">{email}</bdi>
          </a>
        ) : null}
      </p>
    </footer>
  );
}
