import { useTranslations } from "next-intl";
import type { PolicyView, Simulation } from "@/lib/scenarios/schema";
import { conditionText, overridesText } from "./words";

type Props = { policy: PolicyView; simulation: Simulation | null; templates: { key: string; name: string }[] };

/** The rules of a policy in words, in their order, with how many deals each would have taken. */
export function RuleList({ policy, simulation, templates }: Props) {
  const t = useTranslations("scenarios");
  const nameOf = (key: string) => templates.find((template) => template.key === key)?.name ?? key;
  const seen = new Map<string, number>();
  return (
    <ol className="text-13">
      {policy.rules.map(({ conditions, scenario, overrides }, place) => {
        const words = conditions.map((condition) => conditionText(t, condition, nameOf));
        const text = words.length === 0 ? t("every_deal") : words.join(t("and"));
        const again = seen.get(text) ?? 0;
        seen.set(text, again + 1);
        return (
          <li key={`${text} ${again}`} className="flex flex-wrap items-baseline gap-x-3 border-hairline border-b py-2">
            <span className="num w-5 text-ink-3">{place + 1}</span>
            <span className="min-w-0 flex-1">{text}</span>
            <b className="font-550">{t(`name.${scenario}`)}</b>
            {overrides ? <span className="text-12 text-ink-3">{overridesText(t, scenario, overrides)}</span> : null}
            {simulation ? (
              <span className="num min-w-20 text-end text-12 text-ink-3">
                {t("deals", { count: simulation.byRule[place] ?? 0 })}
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
