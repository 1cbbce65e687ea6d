import type { MarkState } from "@/components/ui/status-mark";
import type { LeakFinding, LeakState } from "@/lib/leaks/schema";

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

export const leakMarks: Record<LeakState, MarkState> = {
  suspected: "idle",
  confirmed: "overdue",
  being_fixed: "waiting",
  closed: "good",
  rejected: "idle",
};

/** A share as people read it. */
export const share = (value: number | null | undefined) =>
  value === null || value === undefined ? "" : `${(value * 100).toFixed(1)} %`;

/** People lost are rarely whole: one decimal. */
export const people = (value: number) => value.toFixed(1);
