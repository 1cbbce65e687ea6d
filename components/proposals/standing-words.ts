import { apart } from "@/components/ui/apart";
import type { OfferOfRecord } from "@/lib/proposals/schema";
import { amountOf, dayOf } from "./words";

type Translate = (key: string, values: Record<string, string>) => string;

/** Who offered what, when, and to which part of the account, each name and amount apart from the sentence around it. */
export function standingWords(offer: OfferOfRecord, translate: Translate, locale: string): string {
  const key = offer.otherCustomerName === null ? "standing_part_unnamed" : "standing_part";
  return translate(offer.isOtherPart ? key : "standing_other", {
    name: apart(offer.sellerName),
    amount: apart(amountOf(offer.netMinor, offer.currency, locale)),
    need: apart(offer.need),
    date: apart(dayOf(offer.at, locale)),
    customer: apart(offer.otherCustomerName ?? ""),
  });
}
