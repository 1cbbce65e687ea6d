import { useTranslations } from "next-intl";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status-mark";
import type { HealthTerm, HealthView } from "@/lib/onboardings/health";
import { levelMarks } from "./words";

/** Health in a shape, a word and a number; no data says so. */
export function HealthWord({ health }: { health: HealthView }) {
  const t = useTranslations("onboarding");
  return (
    <span className="whitespace-nowrap">
      <StatusMark state={levelMarks[health.level]} /> {t(`level.${health.level}`)}{" "}
      {health.score === null ? null : <bdi className="num font-550">{Math.round(health.score)}</bdi>}
    </span>
  );
}

const points = (value: number | null) => (value === null ? "–" : value.toFixed(1));

/** Why the health is what it is: every term with what it is worth, what it could be worth, and the counts behind it. */
export function HealthTerms({ health }: { health: HealthView }) {
  const t = useTranslations("onboarding");
  const why = ({ name, value, facts }: HealthTerm) => {
    if (value === null) return t("why.no_data");
    const { late = 0 } = facts;
    return late < 0 ? t("why.first_value_ahead", { days: -late }) : t(`why.${name}`, facts);
  };
  return (
    <ScrollRegion label={t("health")}>
      <table className="w-full max-w-180 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            <th scope="col" className="py-1.5 pe-3 text-start font-450">
              {t("term_head")}
            </th>
            <th scope="col" className="px-3 py-1.5 text-start font-450">
              {t("why_head")}
            </th>
            <th scope="col" className="px-3 py-1.5 text-end font-450">
              {t("points")}
            </th>
            <th scope="col" className="py-1.5 ps-3 text-end font-450">
              {t("of")}
            </th>
          </tr>
        </thead>
        <tbody>
          {health.terms.map((term) => (
            <tr key={term.name} className="border-hairline border-b">
              <th scope="row" className="py-1.5 pe-3 text-start font-450">
                {t(`term.${term.name}`)}
              </th>
              <td className="px-3 py-1.5 text-ink-2">{why(term)}</td>
              <td className="num px-3 py-1.5 text-end">
                <bdi dir="ltr">{points(term.points)}</bdi>
              </td>
              <td className="num py-1.5 ps-3 text-end text-ink-3">
                <bdi dir="ltr">{points(term.most)}</bdi>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="py-1.5 pe-3 text-start font-550">
              {t("sum")}
            </th>
            <td className="px-3 py-1.5 text-12 text-ink-3">{health.score === null ? t("sum_none") : t("sum_of")}</td>
            <td className="num px-3 py-1.5 text-end font-550">
              <bdi dir="ltr">{points(health.score)}</bdi>
            </td>
            <td className="num py-1.5 ps-3 text-end text-ink-3">
              <bdi dir="ltr">{health.score === null ? "–" : "100.0"}</bdi>
            </td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}
