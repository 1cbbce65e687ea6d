import { getLocale, getTranslations } from "next-intl/server";
import { lengthOf } from "@/components/ui/time-words";
import { type Cause, theCustomer } from "@/lib/waiting/rules";
import type { WaitSpoke } from "@/lib/waiting/schema";

/** What the parts of a waiting time are called: parties, lengths, shares. */
export async function waitWords(spokes: readonly WaitSpoke[]) {
  const [t, common, locale] = await Promise.all([getTranslations("waiting"), getTranslations("common"), getLocale()]);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return {
    party(id: string): string {
      if (id === theCustomer) return t("customer");
      const spoke = spokes.find((each) => each.id === id);
      return (locale === "he" ? spoke?.nameHe || spoke?.name : spoke?.name) ?? t("unknown");
    },
    length: (milliseconds: number) => lengthOf(milliseconds, common),
    share: (share: number | null) => (share === null ? common("no_data") : percent.format(share)),
    noData: common("no_data"),
  };
}

/** Colours of the causes, the ones that somebody owes before the quiet ones. */
export const fills: Record<Cause, string> = {
  answer: "fill-bad",
  handoff: "fill-warn",
  relay: "fill-accent",
  promise: "fill-info",
  work: "fill-hairline-strong",
  paused: "fill-sunk stroke-hairline-strong",
};
