import type { GroupValue, Measured } from "./schema";
import type { Dimension } from "./vocabulary";

/** Finds the words of a key in the reader's language; keys name their namespace first. */
export type Translate = {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
};

/** A value as people read it: its row's name, the word of its key, or the key as it was written. */
export function valueWords(t: Translate, locale: string, dimension: Dimension, value: GroupValue): string {
  const { key, name, nameHe } = value;
  if (key === "") return t("reports.none");
  if (name !== null) return (locale === "he" && nameHe) || name;
  for (const candidate of [`reports.value.${key}`, `experience.type.${key.replaceAll(/[ /]/g, "_")}`])
    if (dimension !== "origin" && !key.includes(".") && t.has(candidate)) return t(candidate);
  return key;
}

/** The head cells of a result's table: its dimensions, the count, each measure with what it rests on. */
export function headOf(
  t: Translate,
  { groupBy, measures }: { groupBy: readonly Dimension[]; measures: readonly { measure: string; isShare: boolean }[] },
): string[] {
  return [
    ...groupBy.map((each) => t(`reports.dimension.${each}`)),
    t("reports.count"),
    ...measures.flatMap(({ measure, isShare }) => {
      const name = t(`reports.measure.${measure}`);
      return isShare
        ? [
            `${name} (k)`,
            `${name} (n)`,
            `${name} (%)`,
            `${name} (${t("reports.low")})`,
            `${name} (${t("reports.high")})`,
          ]
        : [`${name} (${t("reports.minutes")})`, `${name} (n)`];
    }),
  ];
}

const percent = (share: number | null) => (share === null ? null : Number((share * 100).toFixed(2)));

/** The cells of one measure: what is not known is null and never nought. */
export function measuredCells(measured: Measured): (number | null)[] {
  if (measured.rate) {
    const { k, n, rate, lo, hi } = measured.rate;
    return [k, n, percent(rate), percent(lo), percent(hi)];
  }
  return [measured.median === null ? null : Number(measured.median.toFixed(2)), measured.n];
}
