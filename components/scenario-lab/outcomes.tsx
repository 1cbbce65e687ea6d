import { useTranslations } from "next-intl";
import { FigureFold, FigureTable } from "@/components/ui/figure-table";
import { percent, RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Mean, ScenarioOutcome, Wait } from "@/lib/scenario-lab/report-schema";
import { minimumTrials } from "@/lib/statistics/rate";

const columns = ["assigned", "close", "kickoff", "first_value", "health", "effort", "hours"] as const;

/** What each scenario did: every figure with how many it rests on, its interval, and how many more it needs. */
export function Outcomes({ outcomes }: { outcomes: readonly ScenarioOutcome[] }) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  return (
    <>
      <ScrollRegion label={t("outcomes")}>
        <table className="as-cards w-full min-w-220 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              <th scope="col" className="py-1.5 pe-3 text-start font-450">
                {scenario("scenario")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1.5 text-start font-450">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome) => (
              <tr key={outcome.scenario} className="border-hairline border-b align-top">
                <th scope="row" className="whitespace-nowrap py-2 pe-3 text-start font-550">
                  {scenario(`name.${outcome.scenario}`)}
                </th>
                <td data-label={t("column.assigned")} className="whitespace-nowrap px-3 py-2">
                  <span className="num">{outcome.assigned}</span>
                  <span className="block text-12 text-ink-3">{t("pending", { count: outcome.pending })}</span>
                  {outcome.handedOver === null || outcome.crossed === null ? null : (
                    <span className="block text-12 text-ink-3">
                      {t("crossed", { crossed: outcome.crossed, of: outcome.handedOver })}
                    </span>
                  )}
                </td>
                <td data-label={t("column.close")} className="px-3 py-2">
                  <RateText
                    {...outcome.close}
                    noData={t("no_data")}
                    needs={(more) => t("needs_more", { count: more })}
                  />
                </td>
                <td data-label={t("column.kickoff")} className="px-3 py-2">
                  <WaitText wait={outcome.kickoff} />
                </td>
                <td data-label={t("column.first_value")} className="px-3 py-2">
                  <WaitText wait={outcome.firstValue} />
                </td>
                <td data-label={t("column.health")} className="px-3 py-2">
                  <MeanText mean={outcome.health} places={0} />
                </td>
                <td data-label={t("column.effort")} className="px-3 py-2">
                  <MeanText mean={outcome.effort} places={1} />
                </td>
                <td data-label={t("column.hours")} className="px-3 py-2">
                  <MeanText mean={outcome.hours} places={1} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Curves outcomes={outcomes} />
    </>
  );
}

function WaitText({ wait }: { wait: Wait }) {
  const t = useTranslations("lab");
  if (wait.n === 0) return <span className="text-ink-3">{t("no_data")}</span>;
  const thin = wait.come < minimumTrials;
  return (
    <span className={thin ? "text-ink-3" : undefined}>
      {wait.median === null ? t("not_half") : t("median", { days: wait.median })}
      <span className="block text-12 text-ink-3">
        {t("come_of", { come: wait.come, n: wait.n })}
        {thin ? ` · ${t("needs_more", { count: minimumTrials - wait.come })}` : ""}
      </span>
    </span>
  );
}

function MeanText({ mean: { n, mean, lo, hi }, places }: { mean: Mean; places: number }) {
  const t = useTranslations("lab");
  if (mean === null) return <span className="text-ink-3">{t("no_data")}</span>;
  const thin = n < minimumTrials;
  return (
    <span className={thin ? "text-ink-3" : undefined}>
      <bdi className="num">
        {mean.toFixed(places)}{" "}
        <span className="text-12 text-ink-3">
          n {n}
          {lo !== null && hi !== null ? ` · ${lo.toFixed(places)}–${hi.toFixed(places)}` : ""}
        </span>
      </bdi>
      {thin ? <span className="block text-12 text-ink-3">{t("needs_more", { count: minimumTrials - n })}</span> : null}
    </span>
  );
}

const marks = [7, 14, 30, 45, 60, 90, 120];

/** The share that still waits after so many days, carried on from the last day on which something came. */
const waitingAt = ({ n, curve }: Wait, days: number) =>
  n === 0 ? "–" : percent(curve.filter((point) => point.days <= days).at(-1)?.waiting ?? 1);

function Curves({ outcomes }: { outcomes: readonly ScenarioOutcome[] }) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  if (outcomes.every(({ kickoff, firstValue }) => kickoff.come + firstValue.come === 0)) return null;
  const rows = outcomes.flatMap((outcome) =>
    (["kickoff", "first_value"] as const).map((what) => {
      const wait = what === "kickoff" ? outcome.kickoff : outcome.firstValue;
      return {
        key: `${outcome.scenario}${what}`,
        name: `${scenario(`name.${outcome.scenario}`)} · ${t(`column.${what}`)}`,
        values: marks.map((days) => waitingAt(wait, days)),
      };
    }),
  );
  return (
    <FigureFold title={t("curves")}>
      <FigureTable head={t("still_waiting")} columns={marks.map((days) => t("day", { days }))} rows={rows} />
    </FigureFold>
  );
}
