import type { Condition } from "@/lib/scenarios/schema";
import type { Scenario } from "@/lib/scenarios/vocabulary";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** A share as the advisor writes it, to two places. */
export const shareText = (share: number) => share.toFixed(2);

/** A term to four places with a real minus, nought without one. */
export const termText = (term: number) => {
  const text = Math.abs(term).toFixed(4);
  return term < 0 && Number(text) > 0 ? `−${text}` : text;
};

/** What a person may choose instead of a rule's scenario, in words; undefined is any other. */
export function overridesText(t: Say, scenario: Scenario, overrides: readonly Scenario[] | undefined): string {
  const others = overrides?.filter((each) => each !== scenario);
  if (!others || others.length > 1) return t("override.any");
  return others[0] ? t("override.one", { name: t(`name.${others[0]}`) }) : t("override.none");
}

/** One condition in words; `nameOf` names a template. */
export function conditionText(t: Say, condition: Condition, nameOf: (template: string) => string): string {
  switch (condition.field) {
    case "new_customer":
      return t(condition.value ? "condition.new" : "condition.known");
    case "template":
      return t("condition.template", { name: nameOf(condition.value) });
    default:
      return t(`condition.${condition.is}`, {
        field: t(`field.${condition.field}`),
        limit: shareText(condition.value),
      });
  }
}
