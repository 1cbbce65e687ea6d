import { getLocale, getTranslations } from "next-intl/server";
import type { Bin } from "@/lib/speed/rules";

/** Names of bins, hours and origins, the same wherever they stand. */
export async function speedWords() {
  const [t, locale] = await Promise.all([getTranslations("speed"), getLocale()]);
  return {
    bin: (bin: Bin) => t(`bin.${bin}`),
    hour: (hour: number) => `${String(hour).padStart(2, "0")}:00`,
    origin: (origin: string) => (origin === "unknown" ? t("unknown") : origin),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  };
}
