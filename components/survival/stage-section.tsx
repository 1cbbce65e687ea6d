import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { FigureFold, FigureTable } from "@/components/ui/figure-table";
import { percent, RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { CurvePoint, StageSurvival } from "@/lib/survival/schema";
import { CurveChart, drawnUntil } from "./curve-chart";

type Props = {
  stage: StageSurvival;
  hrefOf: (ended: "advanced" | "dropped" | "open", origin?: string) => string;
};

const readOff = [0, 7, 14, 30, 60, 90, 180];

/** The curve read off at days that people ask about: the last point that is not later. */
function pointsAt(points: readonly CurvePoint[], last: number): CurvePoint[] {
  return readOff
    .filter((day) => day <= last)
    .flatMap((day) => {
      const point = points.findLast((each) => each.day <= day);
      return point ? [{ ...point, day }] : [];
    });
}

async function Groups({ stage, hrefOf }: Props) {
  const t = await getTranslations("survival");
  if (stage.groups.length < 2) return null;
  const columns = ["origin", "entries", "ended", "median", "p", "verdict"] as const;
  return (
    <ScrollRegion label={`${t("groups")}, ${stage.name}`}>
      <table className="mt-2 w-full min-w-140 border-collapse text-12">
        <caption className="py-1 text-start text-ink-3">{t("groups")}</caption>
        <thead>
          <tr className="border-hairline-strong border-b text-ink-3">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stage.groups.map((group) => (
            <tr key={group.origin} className="border-hairline border-b">
              <th scope="row" className="py-1 pe-3 text-start font-450">
                <bdi>{group.origin === "unknown" ? t("unknown") : group.origin}</bdi>
              </th>
              <td className="num py-1 pe-3">{group.entries}</td>
              <td className="num py-1 pe-3">
                <Link href={hrefOf("dropped", group.origin) as never} className="underline underline-offset-2">
                  {group.ended}
                </Link>
              </td>
              <td className="py-1 pe-3">
                {group.median === null ? t("not_reached") : t("day_count", { days: group.median })}
              </td>
              <td className="num py-1 pe-3">{group.adjusted === null ? "" : group.adjusted.toFixed(4)}</td>
              <td className={group.verdict === "not_enough" ? "py-1 text-ink-3" : "py-1"}>
                {t(`verdict.${group.verdict}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** One stage: how many went on and dropped out by when, how many that rests on, and the origins beside each other. */
export async function StageSection({ stage, hrefOf }: Props) {
  const t = await getTranslations("survival");
  const { advanced, dropped, open, points, median, p80, meanUpTo, slow } = stage;
  const id = `${stage.template}-${stage.stage}`;
  const last = meanUpTo?.limit ?? 1;
  const until = drawnUntil(points, last);
  const days = (value: number | null) => (value === null ? t("not_reached") : t("day_count", { days: value }));
  const link = (ended: "advanced" | "dropped" | "open", count: number) => (
    <Link href={hrefOf(ended) as never} className="num underline underline-offset-2">
      {count}
    </Link>
  );
  return (
    <section aria-labelledby={id} className="break-inside-avoid border-hairline border-t">
      <SectionHead id={id} title={<bdi>{stage.name}</bdi>} note={stage.templateName} />
      <p className="text-13 text-ink-2">
        {t.rich("summary", {
          advanced: () => link("advanced", advanced),
          dropped: () => link("dropped", dropped),
          open: () => link("open", open),
        })}{" "}
        {stage.isEnough ? null : <span className="text-ink-3">{t("not_enough")}</span>}
      </p>
      {points.length > 0 ? (
        <ScrollRegion label={`${stage.name}, ${t("day")}`} className="py-2" isLeftToRight>
          <CurveChart
            points={points}
            lastDay={last}
            label={t("chart", { stage: stage.name })}
            words={{ advance: t("advance"), drop: t("drop"), still: t("still") }}
          />
        </ScrollRegion>
      ) : null}
      {until < last ? <p className="pb-1 text-12 text-ink-3">{t("drawn_until", { day: until })}</p> : null}
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-13">
        {(
          [
            [t("median"), days(median)],
            [t("p80"), days(p80)],
            ...(meanUpTo ? [[t("mean", { limit: meanUpTo.limit }), meanUpTo.mean.toFixed(1)] as const] : []),
          ] as const
        ).map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="flex gap-1.5">
          <dt className="text-ink-3">{t("slow")}</dt>
          <dd>
            <RateText {...slow} noData={t("no_data")} needs={(count) => t("needs", { count })} />
          </dd>
        </div>
      </dl>
      <Groups stage={stage} hrefOf={hrefOf} />
      <FigureFold title={t("figures")}>
        <FigureTable
          head={t("day")}
          columns={[t("at_risk"), t("advance"), t("drop"), t("still"), "95 %"]}
          rows={pointsAt(points, meanUpTo?.limit ?? 0).map((point) => ({
            key: String(point.day),
            name: String(point.day),
            values: [
              point.atRisk,
              percent(point.advance),
              percent(point.drop),
              percent(point.still),
              point.lo === null || point.hi === null
                ? ""
                : t("interval", { lo: percent(point.lo), hi: percent(point.hi) }),
            ],
          }))}
        />
      </FigureFold>
    </section>
  );
}
