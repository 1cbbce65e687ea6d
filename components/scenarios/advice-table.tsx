import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Advice } from "@/lib/scenarios/schema";
import { scenarios } from "@/lib/scenarios/vocabulary";
import { termText } from "./words";

const terms = ["close", "relationship", "onboarding", "csmCost", "score"] as const;

/** Every scenario term by term, and what keeps one from being taken. */
export function AdviceTable({ advice }: { advice: Advice }) {
  const t = useTranslations("scenarios");
  return (
    <ScrollRegion label={t("terms")}>
      <table className="as-cards w-full min-w-140 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            <th scope="col" className="px-2 py-1.5 text-start font-450">
              {t("scenario")}
            </th>
            {terms.map((term) => (
              <th key={term} scope="col" className="py-1.5 ps-3 pe-1 text-end font-450">
                {t(`term.${term}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenarios.map((scenario) => {
            const { failed, unchecked } = advice.gates[scenario];
            const isChosen = advice.between.includes(scenario);
            return (
              <tr key={scenario} className={cn("border-hairline border-b align-top", isChosen && "bg-selected")}>
                <th scope="row" className="max-w-88 px-2 py-2 text-start font-450">
                  <b className="font-550">{t(`name.${scenario}`)}</b>
                  <span className="block text-12 text-ink-3">{t(`about.${scenario}`)}</span>
                  {failed.map((gate) => (
                    <span key={gate} className="block text-12 text-bad">
                      {t(`gate.${gate}`)}
                    </span>
                  ))}
                  {unchecked.length > 0 ? (
                    <span className="block text-12 text-ink-3">
                      {t("unchecked", { gates: unchecked.map((gate) => t(`unchecked_gate.${gate}`)).join(" · ") })}
                    </span>
                  ) : null}
                </th>
                {terms.map((term) => (
                  <td
                    key={term}
                    data-label={t(`term.${term}`)}
                    className={cn("num py-2 ps-3 pe-1 text-end", term === "score" && "font-550")}
                  >
                    <bdi dir="ltr">{termText(advice.scenarios[scenario][term])}</bdi>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
