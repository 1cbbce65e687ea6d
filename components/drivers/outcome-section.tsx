import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { SectionHead } from "@/components/ui/section-head";
import type { DriversReport } from "@/lib/drivers/schema";
import { ShareBar } from "./share-bar";
import { figureOf, nameIn, percentOf } from "./words";

type Props = {
  report: DriversReport;
  nameOfType: (type: string) => string;
  rowsAt: (filter: Record<string, string>) => string;
};

/** What goes with winning, after the value and the route of the journey. */
export async function OutcomeSection({ report: { outcome, outcomes, type }, nameOfType, rowsAt }: Props) {
  const t = await getTranslations("drivers");
  const locale = await getLocale();
  if (!outcome) return null;
  return (
    <section aria-labelledby="outcome">
      <SectionHead id="outcome" title={t("outcome")} note={t("outcome_note")} />
      {outcome.status === "cannot_estimate" ? (
        <p className="text-13 text-ink-2">{t(`cannot_outcome.${outcome.reason}`, { n: outcome.n })}</p>
      ) : (
        <>
          <ul>
            {[...outcomes]
              .sort((a, b) => (b.share ?? 0) - (a.share ?? 0))
              .map((line) => (
                <li
                  key={`${line.type} ${line.momentId}`}
                  className="grid gap-x-5 gap-y-0.5 border-hairline border-t py-2 text-13 sm:grid-cols-[minmax(0,16rem)_13rem_minmax(0,1fr)]"
                >
                  <span className="min-w-0 text-14">
                    {nameIn(locale, line)}
                    {type === null ? <span className="block text-12 text-ink-3">{nameOfType(line.type)}</span> : null}
                  </span>
                  <span>
                    <ShareBar share={line.share ?? 0} interval={line.interval} isWeak={(line.beta ?? 0) < 0} />
                    <span className="num block text-12 text-ink-2">
                      <bdi dir="ltr">{percentOf(line.share ?? 0)}</bdi>{" "}
                      {line.interval ? (
                        <bdi
                          dir="ltr"
                          className="text-ink-3"
                        >{`${percentOf(line.interval.lo)}–${percentOf(line.interval.hi)}`}</bdi>
                      ) : null}
                    </span>
                  </span>
                  <span className="text-ink-2">
                    {t("odds", {
                      ratio: line.oddsRatio.toFixed(2),
                      lo: line.oddsLo.toFixed(2),
                      hi: line.oddsHi.toFixed(2),
                    })}
                  </span>
                </li>
              ))}
          </ul>
          <p className="border-hairline border-t pt-2 text-12 text-ink-3">
            <Link href={rowsAt({ ended: "any" }) as never} prefetch={false} className="underline underline-offset-2">
              {t("outcome_n", { n: outcome.n, k: outcome.k })}
            </Link>{" "}
            {t("outcome_whole", { part: figureOf(outcome.rSquared), first: figureOf(outcome.rSquaredOfControls) })}
          </p>
        </>
      )}
    </section>
  );
}
