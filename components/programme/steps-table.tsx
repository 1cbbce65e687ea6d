import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { isolated } from "@/lib/isolated";
import type { OscProgrammeResult } from "@/lib/osc-programme/kind";
import type { Benchmark } from "@/lib/osc-programme/rules";
import type { ProgrammeGroup } from "@/lib/osc-programme/schema";
import type { Rate } from "@/lib/statistics/rate";

type Props = {
  result: OscProgrammeResult;
  hasOthers: boolean;
  hrefOf: (group: ProgrammeGroup, osc?: string) => string;
};

const whole = (share: number) => `${Math.round(share * 100)} %`;
const spanOf = ({ lo, hi }: Benchmark) => isolated(lo === hi ? whole(lo) : `${whole(lo)}–${whole(hi)}`);

/** Lead to appointment to kept to sale with intervals (F03b), and on demand what others have published, with year and source. */
export async function StepsTable({ result, hasOthers, hrefOf }: Props) {
  const t = await getTranslations("programme");
  const { cohort, activity, agedAppointments, benchmarks } = result;
  const steps: { measure: Benchmark["measure"]; rate: Rate; group: ProgrammeGroup; beside: Rate | null }[] = [
    { measure: "leadToSet", rate: cohort.rates.leadToSet, group: "set", beside: activity.rates.leadToSet },
    { measure: "setToKept", rate: cohort.rates.setToKept, group: "kept", beside: activity.rates.setToKept },
    { measure: "keptToSale", rate: cohort.rates.keptToSale, group: "sales", beside: activity.rates.keptToSale },
    {
      measure: "contribution",
      rate: cohort.rates.contribution,
      group: "company_sales",
      beside: activity.rates.contribution,
    },
    { measure: "agedAppointments", rate: agedAppointments, group: "aged", beside: null },
  ];
  const columns = ["step", "share", "scale", ...(hasOthers ? (["activity", "others"] as const) : [])] as const;
  const words = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
  return (
    <ScrollRegion label={t("steps")}>
      <table className="w-full min-w-160 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pe-4 text-start font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ measure, rate, group, beside }) => (
            <tr key={measure} className="border-hairline border-b align-baseline">
              <th scope="row" className="py-1.5 pe-4 text-start font-450">
                {t(`step.${measure}`)}{" "}
                {measure === "agedAppointments" ? (
                  <span className="ms-2 text-12 text-ink-3">{t("by_activity")}</span>
                ) : null}
              </th>
              <td className="py-1.5 pe-4">
                <Link
                  href={hrefOf(group) as never}
                  prefetch={false}
                  className="underline decoration-hairline-strong underline-offset-2"
                >
                  <RateText {...rate} {...words} />
                </Link>
              </td>
              <td className="py-1.5 pe-4">
                <IntervalPlot rate={rate} />
              </td>
              {hasOthers ? (
                <>
                  <td className="whitespace-nowrap py-1.5 pe-4">
                    {beside === null ? null : <RateText {...beside} {...words} />}
                  </td>
                  <td className="max-w-[40ch] py-1.5 text-12 text-ink-2">
                    {benchmarks
                      .filter((each) => each.measure === measure)
                      .map((each) => {
                        const share = each.kind === "floor" ? isolated(whole(each.hi)) : spanOf(each);
                        return t(`benchmark.${each.kind}`, {
                          share,
                          period: isolated(each.period),
                          source: isolated(each.source),
                        });
                      })
                      .join("; ")}
                  </td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
