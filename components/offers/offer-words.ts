import { createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";
import { sayMoney } from "@/lib/money";
import type { OfferPage } from "@/lib/offers/schema";

/**
 * The words, amounts and days of an offer in one language, the same on its page and in its PDF. `set` is how a name or an amount
 * stands inside a sentence: a page isolates it, so that neither direction moves the other.
 */
export function offerWords(
  locale: Locale,
  { currency, timeZone }: Pick<OfferPage, "currency" | "timeZone">,
  set: (text: string) => string = (text) => text,
) {
  const translate = createTranslator({ locale, messages: messagesOf(locale), namespace: "offer" });
  const tag = locale === "en" ? "en-GB" : locale;
  const dates = (zone: string) => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: zone });
  return {
    t: (key: string, values: Record<string, string | number> = {}) => {
      const given = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? set(value) : value,
      ]);
      return translate(key as never, Object.fromEntries(given) as never) as string;
    },
    money: (minor: number) => sayMoney({ minor, currency }, locale),
    share: (basisPoints: number) =>
      new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 2 }).format(basisPoints / 10_000),
    /** A calendar day, or the day of an instant where the customer is. */
    day: (at: string) => dates(at.length === 10 ? "UTC" : timeZone).format(new Date(at)),
  };
}

export type OfferWords = ReturnType<typeof offerWords>;

/** Whether the prices hold the tax, and how high it is. */
export const taxWords = ({ isTaxIncluded, taxBp }: OfferPage, { t, share }: OfferWords): string =>
  t(isTaxIncluded ? "tax_in" : "tax_on_top", { share: share(taxBp ?? 0) });

/** What the page says of an offer that is closed: title and sentence; null while it is open. */
export function closedWords(offer: OfferPage, { t, day }: OfferWords): { title: string; text: string } | null {
  const { state, answer, company, validTo } = offer;
  if (state === "open") return null;
  const key = (state === "accepted" || state === "declined") && !answer ? `${state}_by_us` : state;
  const values = { company, name: answer?.name ?? "", date: day(answer?.at ?? validTo) };
  return { title: t(`state.${key}.title`), text: t(`state.${key}.text`, values) };
}
