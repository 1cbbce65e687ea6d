import { getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { SilenceReport } from "@/lib/consistency/schema";
import { mediumNames, typeNames } from "./type-names";

const points = (share: number) => (Math.abs(share) < 0.0005 ? "0.0" : (share * 100).toFixed(1));
const shareOf = (count: number, all: number) => `${((count / all) * 100).toFixed(1)}\u00a0%`;

/** Whether those who answered are like those who kept silent, and so whether the figures above speak for both. */
export async function SilenceSection({ silence }: { silence: SilenceReport }) {
  const t = await getTranslations("experience");
  const nameOf = {
    ...{ medium: await mediumNames(), type: await typeNames() },
    outcome: (key: string) => t(`silence.outcomes.${key as "won"}`),
  };
  const { answered, silent, coverage, isTold, hours, sides } = silence;
  const rows = sides.flatMap(({ side, groups }) => groups.map((group) => ({ side, ...group })));
  const different = rows.filter(({ isDifferent }) => isDifferent).length;
  const verdict = !isTold
    ? t("silence.untold", { answered, silent })
    : different > 0
      ? t("silence.different", { count: different })
      : t("silence.alike");
  return (
    <section aria-labelledby="silence">
      <SectionHead id="silence" title={t("silence.title")} note={t("silence.note", { answered, silent })} />
      <p className="max-w-[64em] text-13 text-ink-2">
        {verdict} {coverage.isLow && answered + silent > 0 ? t("silence.low") : ""}
      </p>
      {hours ? (
        <p className="num max-w-[64em] pt-1 text-13 text-ink-2">
          {t("silence.hours", {
            median: hours.median.toFixed(1),
            p80: hours.p80.toFixed(1),
            p90: hours.p90.toFixed(1),
          })}
        </p>
      ) : null}
      {answered === 0 || silent === 0 ? null : (
        <ScrollRegion label={t("silence.title")}>
          <table className="mt-2 w-full min-w-140 max-w-200 border-collapse text-13">
            <thead>
              <tr className="border-hairline-strong border-b text-12 text-ink-3">
                {(["group", "answered", "silent", "difference"] as const).map((column) => (
                  <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                    {t(`silence.col.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.side}/${row.key}`} className="border-hairline border-b align-baseline">
                  <th scope="row" className="py-1.5 pe-3 text-start font-450">
                    {nameOf[row.side](row.key)}
                  </th>
                  <td className="num whitespace-nowrap py-1.5 pe-3">
                    <bdi>
                      {row.answered} · {shareOf(row.answered, answered)}
                    </bdi>
                  </td>
                  <td className="num whitespace-nowrap py-1.5 pe-3">
                    <bdi>
                      {row.silent} · {shareOf(row.silent, silent)}
                    </bdi>
                  </td>
                  <td className={`whitespace-nowrap py-1.5 ${row.isDifferent ? "font-550" : "text-ink-3"}`}>
                    <bdi dir="ltr" className="num">
                      {points(row.difference ?? 0)} ({points(row.lo ?? 0)} – {points(row.hi ?? 0)})
                    </bdi>{" "}
                    {row.isDifferent ? t((row.difference ?? 0) > 0 ? "silence.more" : "silence.fewer") : ""}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
