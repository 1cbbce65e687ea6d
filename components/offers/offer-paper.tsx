import type { Locale } from "@/lib/i18n/locales";
import type { OfferPage } from "@/lib/offers/schema";
import { PaperLine, PaperRow, renderPaper } from "@/lib/paper/paper";
import { closedWords, type OfferWords, offerWords, taxWords } from "./offer-words";

const widths = [5, 1.2, 2.6, 1.6, 2.4];
const sums = [5, 2.4];
const sum = (label: string, amount: string) =>
  [
    ["label", label],
    ["amount", amount],
  ] as const;

/** What an option is: hers to choose, or what she made of it. */
function optionWord(
  { chosenOptions }: OfferPage,
  { position }: OfferPage["lines"][number],
  t: OfferWords["t"],
): string {
  if (chosenOptions === null) return t("option");
  return t(chosenOptions.includes(position) ? "taken" : "left");
}

/** An offer as a PDF in one language, with the words and figures of its page. */
export async function offerPaper(offer: OfferPage, locale: Locale): Promise<Buffer> {
  const words = offerWords(locale, offer);
  const { t, money, share, day } = words;
  const closed = closedWords(offer, words);
  const { contact, listMinor, netMinor } = offer;
  const reach = [contact?.phone, contact?.email].filter((each): each is string => Boolean(each));
  return renderPaper({
    ...{ title: t("title"), locale, foot: offer.company },
    children: (
      <>
        <PaperLine locale={locale} kind="quiet">
          {offer.company}
        </PaperLine>
        <PaperLine locale={locale} kind="title">
          {t("title")}
        </PaperLine>
        <PaperLine locale={locale}>{t("for", { need: offer.need, name: offer.customerName })}</PaperLine>
        <PaperLine locale={locale} kind="quiet">
          {t("presented", { date: day(offer.presentedAt) })}
        </PaperLine>
        <PaperLine locale={locale} kind="quiet">
          {t("valid", { date: day(offer.validTo) })}
        </PaperLine>
        {closed ? (
          <PaperLine locale={locale} kind="section">
            {closed.title}
          </PaperLine>
        ) : null}
        {closed ? <PaperLine locale={locale}>{closed.text}</PaperLine> : null}
        <PaperLine locale={locale} kind="section">
          {t("lines")}
        </PaperLine>
        <PaperRow
          locale={locale}
          widths={widths}
          cells={(["product", "quantity", "unit", "discount", "net"] as const).map((key) => [key, t(key)] as const)}
          isStrong
        />
        {offer.lines.map((line) => (
          <PaperRow
            locale={locale}
            key={line.position}
            widths={widths}
            cells={[
              ["product", line.isOptional ? `${line.productName} (${optionWord(offer, line, t)})` : line.productName],
              ["quantity", String(line.quantity)],
              ["unit", money(line.unitMinor)],
              ["discount", share(line.discountBp)],
              ["net", line.recurrence === "monthly" ? `${money(line.netMinor)} ${t("monthly")}` : money(line.netMinor)],
            ]}
          />
        ))}
        {netMinor < listMinor ? (
          <PaperRow locale={locale} widths={sums} cells={sum(t("list"), money(listMinor))} />
        ) : null}
        {netMinor < listMinor ? (
          <PaperRow locale={locale} widths={sums} cells={sum(t("saved"), money(listMinor - netMinor))} />
        ) : null}
        <PaperRow locale={locale} widths={sums} cells={sum(t("total"), money(netMinor))} isStrong />
        {offer.fullNetMinor !== null && offer.chosenOptions === null ? (
          <PaperRow locale={locale} widths={sums} cells={sum(t("with_all"), money(offer.fullNetMinor))} />
        ) : null}
        {offer.taxBp === null ? null : (
          <PaperLine locale={locale} kind="quiet">
            {taxWords(offer, words)}
          </PaperLine>
        )}
        {offer.termMonths > 1 ? (
          <PaperLine locale={locale} kind="quiet">
            {t("term", { term: offer.termMonths, free: offer.freeMonths })}
          </PaperLine>
        ) : null}
        {offer.termMonths > 1 ? (
          <PaperLine locale={locale} kind="quiet">
            {t("per_month", { amount: money(offer.monthlyMinor) })}
          </PaperLine>
        ) : null}
        {contact ? (
          <PaperLine locale={locale} kind="section">
            {t("ask", { name: contact.name })}
          </PaperLine>
        ) : null}
        {contact
          ? reach.map((each) => (
              <PaperLine locale={locale} key={each} isCode>
                {each}
              </PaperLine>
            ))
          : null}
      </>
    ),
  });
}
