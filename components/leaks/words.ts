import type { MarkState } from "@/components/ui/status-mark";
import { isolated } from "@/lib/isolated";
import type { LeakFinding, LeakRow, LeakState, MixShare } from "@/lib/leaks/schema";
import { currencyExponent, sayMoney } from "@/lib/money";

/** The translator of the namespace `leaks`, as far as these words need it. */
type Translate = (key: "group.unknown" | "group.former", values?: never) => string;
type TranslateGroup = (key: `group.${LeakFinding["dimension"]}`, values: { value: string }) => string;

/** A group as a phrase: where they came from, whose they were, or when; the value stands apart from the sentence around it. */
export function groupWords(
  t: Translate & TranslateGroup,
  { dimension, value }: Pick<LeakFinding, "dimension" | "value">,
  names: Readonly<Record<string, string>>,
): string {
  const name =
    dimension === "osc" ? (names[value] ?? t("group.former")) : value === "unknown" ? t("group.unknown") : value;
  return t(`group.${dimension}`, { value: `\u2068${name}\u2069` });
}

export type LeakPlace = Pick<
  LeakRow,
  "template" | "stage" | "stageName" | "measure" | "dimension" | "value" | "valueName"
>;

/** Where leaks are, and who is lost there: their group, or how they slip away. */
export type LeakPlaces = (leak: LeakPlace) => { where: string; group: string };

export const leakMarks: Record<LeakState, MarkState> = {
  suspected: "idle",
  confirmed: "overdue",
  being_fixed: "waiting",
  closed: "good",
  rejected: "idle",
};

/** A share as people read it, with its own direction and a true minus; nothing where none is known. */
export function share(value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  return isolated(`${(value * 100).toFixed(1)} %`.replace("-", "\u2212"));
}

/** How much is mix and how much rate, as parts of a whole: what works against the difference counts as none of it. */
export function partsOf({ mixShare }: MixShare): { share: string; rest: string } {
  const mix = Math.min(1, Math.max(0, mixShare));
  return { share: share(mix), rest: share(1 - mix) };
}

/** People lost are rarely whole: one decimal. */
export const people = (value: number) => value.toFixed(1);

/** An estimate of money, to the whole unit: its cents would say more than is known. */
export function roundMoney(minor: number, currency: string, locale: string): string {
  const unit = 10 ** currencyExponent(currency);
  return isolated(sayMoney({ minor: Math.round(minor / unit) * unit, currency }, locale));
}
