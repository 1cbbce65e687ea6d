import { getLocale, getTranslations } from "next-intl/server";
import type { ConsistencyBoard } from "@/lib/consistency/schema";
import { minimumTrials } from "@/lib/statistics/rate";
import { figureOf, percentOf, pointsOf } from "./words";

type Props = Pick<ConsistencyBoard, "report" | "change"> & { nameOf: (key: string) => string };

/** A p value to three places; below them it says so. */
const pOf = (p: number) => (p < 0.001 ? "< 0.001" : p.toFixed(3));

const trendOf = ({ lo, hi }: { lo: number; hi: number }) => (lo > 0 ? "better" : hi < 0 ? "worse" : "open");

/** The verdict in one sentence, what it rests on, and the index that is never shown without it. */
export async function Verdict({ report, change, nameOf }: Props) {
  const t = await getTranslations("experience");
  const locale = await getLocale();
  const { verdict, worst, channels, judgedChannels, gap, level, cci, tau, target, customers } = report;
  const judged = channels.filter(({ n }) => n >= minimumTrials).length;
  const left = channels.filter(({ n }) => n > 0 && n < minimumTrials);
  const share = (value: number) => percentOf(value);
  const isNamed = verdict === "inconsistent" && worst !== null;
  return (
    <section aria-labelledby="verdict" className="grid gap-x-10 gap-y-5 pt-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div>
        <h2 id="verdict" className="verdict max-md:text-28">
          {isNamed ? t(`verdict.worst_${report.by}`, { worst: nameOf(worst) }) : t(`verdict.${verdict}`)}
        </h2>
        <p className="mt-2 max-w-[46em] text-14 text-ink-2">
          {t(`reason.${report.reason}`, {
            judged,
            target: share(target),
            gap: gap === null ? "" : (gap * 100).toFixed(1),
            p: judgedChannels ? pOf(judgedChannels.p) : "",
          })}{" "}
          {left.length > 0
            ? t("not_judged", {
                channels: new Intl.ListFormat(locale).format(left.map(({ key, n }) => `${nameOf(key)} (${n})`)),
              })
            : null}
        </p>
        <p className="mt-1 max-w-[46em] text-14 text-ink-2">
          {customers.n === 0
            ? t("customers_none")
            : t("customers", { k: customers.k, n: customers.n, share: share(customers.rate ?? 0) })}
        </p>
        {change?.difference ? (
          <p className="mt-1 max-w-[46em] text-14 text-ink-2">
            {t(`change.${trendOf(change.difference)}`, {
              weeks: report.weeks,
              points: pointsOf(change.difference.difference),
              lo: pointsOf(change.difference.lo),
              hi: pointsOf(change.difference.hi),
            })}
          </p>
        ) : null}
      </div>
      {level === null || cci === null ? null : (
        <dl className="grid grid-cols-[1fr_auto] content-start gap-x-4 gap-y-1.5 border-hairline-strong border-t pt-2 text-12 text-ink-2">
          <dt>{t("level")}</dt>
          <dd className="num font-550 text-ink-1">{share(level)}</dd>
          <dt>{t("spread")}</dt>
          <dd className="num font-550 text-ink-1">{figureOf(tau)}</dd>
          <dt>{t("index")}</dt>
          <dd className="num font-550 text-ink-1">{figureOf(cci)}</dd>
          <dd className="col-span-2 text-ink-3">{t("index_warning")}</dd>
        </dl>
      )}
    </section>
  );
}
