"use client";

import { useLocale, useTranslations } from "next-intl";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { SpeedLine, SpeedReport } from "@/lib/reports/schema";
import { NumberButton } from "./number-button";
import type { RowsOf } from "./use-overview";

type Props = { speed: SpeedReport; onOpen: (rows: RowsOf) => void };
type Line = { key: string; name: string; line: SpeedLine; query: Record<string, string> };

const head = "py-2 pe-4 text-12 font-medium text-ink-3";

/** How fast arrived leads were answered, in all, by consultant in alphabetical order, and by origin (F01, F02). */
export function SpeedSection({ speed, onOpen }: Props) {
  const t = useTranslations("overview");
  const groups: { title: string | null; lines: Line[] }[] = [
    { title: null, lines: [{ key: "all", name: t("everybody"), line: speed.overall, query: {} }] },
    {
      title: t("by_osc"),
      lines: speed.byOsc.map((line) => ({
        key: line.memberId,
        name: line.name,
        line,
        query: { osc: line.memberId },
      })),
    },
    {
      title: t("by_origin"),
      lines: speed.byOrigin.map((line) => ({
        key: line.origin,
        name: line.origin === "unknown" ? t("unknown_origin") : line.origin,
        line,
        query: { origin: line.origin },
      })),
    },
  ];
  return (
    <section aria-labelledby="speed" className="relative overflow-x-auto">
      <SectionHead
        id="speed"
        title={t("speed")}
        note={t("speed_note", { minutes: speed.slaMinutes, leads: speed.leads })}
      />
      {speed.isTruncated ? <p className="pb-2 text-12 text-ink-2">{t("truncated")}</p> : null}
      <table className="w-full min-w-2xl border-collapse">
        <thead>
          <tr>
            <th scope="col" className={`${head} text-start`}>
              {t("who")}
            </th>
            <th scope="col" className={`${head} text-start`}>
              {t("in_time")}
            </th>
            <th scope="col" className={`${head} text-start`}>
              {t("scale")}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {t("missed")}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {t("pending")}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {t("median")}
            </th>
          </tr>
        </thead>
        {groups.map(({ title, lines }) => (
          <tbody key={title ?? "all"}>
            {title && lines.length > 0 ? (
              <tr>
                <th scope="rowgroup" colSpan={6} className="pt-3 pb-1 text-start text-12 font-medium text-ink-3">
                  {title}
                </th>
              </tr>
            ) : null}
            {lines.map(({ key, ...each }) => (
              <SpeedRow key={key} {...each} onOpen={onOpen} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function SpeedRow({ name, line, query, onOpen }: Omit<Line, "key"> & { onOpen: Props["onOpen"] }) {
  const t = useTranslations("overview");
  const common = useTranslations("common");
  const number = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 1 });
  const missed = line.met.n - line.met.k;
  const open = (state: string) => () =>
    onOpen({ title: t(`open.${state}`, { name }), query: { kind: "speed", state, ...query } });
  return (
    <tr className="border-hairline border-t">
      <th scope="row" className="py-2 pe-4 text-start font-550 text-13">
        <bdi>{name}</bdi>
      </th>
      <td className="py-2 pe-4">
        <NumberButton label={t("open.due", { name })} onOpen={open("due")}>
          <RateText {...line.met} noData={common("no_data")} needs={(count) => common("needs_more", { count })} />
        </NumberButton>
      </td>
      <td className="py-2 pe-4">
        <IntervalPlot rate={line.met} />
      </td>
      <td className="py-2 pe-4 text-end">
        <NumberButton label={t("open.missed", { name })} onOpen={open("missed")}>
          {number.format(missed)}
        </NumberButton>
      </td>
      <td className="py-2 pe-4 text-end">
        <NumberButton label={t("open.pending", { name })} onOpen={open("pending")}>
          {number.format(line.pending)}
        </NumberButton>
      </td>
      <td className="num py-2 text-end text-13">
        {line.medianStaffedMinutes === null ? (
          <span className="text-ink-3">{common("no_data")}</span>
        ) : (
          t("minutes", {
            staffed: number.format(line.medianStaffedMinutes),
            elapsed: number.format(line.medianElapsedMinutes ?? 0),
          })
        )}
      </td>
    </tr>
  );
}
