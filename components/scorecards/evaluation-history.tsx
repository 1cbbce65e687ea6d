import { useLocale, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import type { EvaluationView, ObservationView } from "@/lib/evaluations/schema";

type Props = { evaluations: readonly EvaluationView[]; observations: readonly ObservationView[]; zone: string };

/** What was seen of the moments, and every judgement so far; the first of them stands. */
export function EvaluationHistory({ evaluations, observations, zone }: Props) {
  const t = useTranslations("scorecards");
  const interactions = useTranslations("interactions");
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const row = "flex flex-wrap items-baseline gap-x-3 border-hairline border-t py-1.5 text-13";
  return (
    <div className="px-4 pb-10 md:px-7">
      {observations.length > 0 ? (
        <section aria-labelledby="seen">
          <SectionHead id="seen" title={t("seen")} />
          <ul>
            {observations.map((seen) => (
              <li key={seen.id} className={row}>
                <bdi className="font-550">{(locale === "he" && seen.momentNameHe) || seen.momentName}</bdi>
                <span>{interactions(`moment_state.${seen.state}`)}</span>
                <span className="text-12 text-ink-3">{t(`scorers.${seen.observerKind}`)}</span>
                {seen.evidence ? (
                  <span className="text-ink-2" dir="auto">
                    {seen.evidence}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {evaluations.length > 0 ? (
        <section aria-labelledby="history">
          <SectionHead id="history" title={t("history")} note={t("history_note")} />
          <ol reversed>
            {evaluations.map((evaluation) => (
              <li key={evaluation.id} className={row}>
                <DateTime at={evaluation.evaluatedAt} zone={zone} />
                <span className="num">{evaluation.raw === null ? t("nothing") : percent.format(evaluation.raw)}</span>
                <span>{t("judged", { judged: evaluation.judged, total: evaluation.total })}</span>
                {evaluation.meets === null ? null : (
                  <span className={evaluation.meets ? "" : "text-bad"}>{t(evaluation.meets ? "met" : "not_met")}</span>
                )}
                <span className="text-12 text-ink-3">
                  {evaluation.scorerName ? <bdi>{evaluation.scorerName}</bdi> : t(`scorers.${evaluation.scorerKind}`)}
                </span>
                {evaluation.comment ? (
                  <span className="basis-full text-ink-2" dir="auto">
                    {evaluation.comment}
                  </span>
                ) : null}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}
