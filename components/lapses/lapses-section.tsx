import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { FoundLapses } from "@/lib/lapses/queries";
import type { LapseGroup, LapseSection } from "@/lib/lapses/schema";
import { paths } from "@/lib/paths";
import { type Behind, LapsedRows } from "./lapsed-rows";
import { lapseWords } from "./words";

type Props = { workspace: string; found: FoundLapses | null; behind: Behind | null; zone: string };
type TableProps = { workspace: string; found: FoundLapses; section: LapseSection };

async function LapseTable({ workspace, found, section }: TableProps) {
  const [t, nameOf] = await Promise.all([
    getTranslations("lapses"),
    lapseWords({ limits: found.result.limits, spokes: found.spokes }),
  ]);
  const { measure, share, groups } = section;
  const rate = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
  const href = (group?: LapseGroup) => {
    const query = new URLSearchParams({ run: found.run.id, measure, ...(group && { by: group.by, key: group.key }) });
    return paths.leaks(workspace, `${query}#lapsed`);
  };
  const verdict = ({ verdict: said, adjusted }: LapseGroup) =>
    adjusted === null ? t(`verdict.${said}`) : `${t(`verdict.${said}`)} · ${t("p", { p: adjusted.toFixed(3) })}`;
  const lines = [
    { key: "all", kind: "", name: t("all"), share, others: null, said: "", href: href(), isMore: false },
    ...groups.map((group) => ({
      ...{ key: `${group.by} ${group.key}`, kind: t(`by.${group.by}`), name: nameOf(group) },
      ...{ share: group.share, others: group.others, said: verdict(group) },
      ...{ href: href(group), isMore: group.verdict === "more" },
    })),
  ];
  return (
    <ScrollRegion label={t(`measure.${measure}`)}>
      <table className="w-full min-w-180 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {(["group", "share", "others", "verdict"] as const).map((column) => (
              <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className="border-hairline border-b align-baseline">
              <th scope="row" className="py-1.5 pe-3 text-start font-450">
                {line.name} {line.kind ? <span className="ms-1 text-12 text-ink-3">{line.kind}</span> : null}
              </th>
              <td className="whitespace-nowrap py-1.5 pe-3">
                {line.share.k > 0 ? (
                  <Link
                    href={line.href}
                    aria-label={t("open", { measure: t(`measure.${measure}`), group: line.name })}
                    className="underline decoration-ink-3 underline-offset-2"
                  >
                    <RateText {...line.share} {...rate} />
                  </Link>
                ) : (
                  <RateText {...line.share} {...rate} />
                )}
              </td>
              <td className="whitespace-nowrap py-1.5 pe-3">
                {line.others ? <RateText {...line.others} {...rate} /> : null}
              </td>
              <td className={line.isMore ? "py-1.5 font-550 text-bad" : "py-1.5 text-ink-2"}>{line.said}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Who is being lost though nobody dropped them: four measures, each beside all others, and whoever is behind a number. */
export async function LapsesSection({ workspace, found, behind, zone }: Props) {
  const t = await getTranslations("lapses");
  if (!found) return null;
  const { run, result } = found;
  return (
    <section aria-labelledby="lapses" className="pt-6">
      <h2 id="lapses" className="font-serif text-28">
        {t("title")}
      </h2>
      <p className="max-w-[64em] pt-1 text-14 text-ink-2">{t("intro")}</p>
      {behind ? <LapsedRows workspace={workspace} found={found} behind={behind} zone={zone} /> : null}
      {result.sections.map((section) => {
        const { measure, leftOut, parts } = section;
        return (
          <section key={measure} aria-labelledby={`lapse-${measure}`}>
            <SectionHead id={`lapse-${measure}`} title={t(`measure.${measure}`)} />
            <p className="max-w-[64em] pb-1 text-12 text-ink-3">
              {t(`means.${measure}`, { days: result.windowDays })}{" "}
              {t(`left_out.${measure}`, {
                ...{ count: leftOut, rejected: parts.rejected ?? 0, late: parts.late ?? 0 },
                ...{ no_contact: parts.no_contact ?? 0, no_next: parts.no_next ?? 0 },
              })}
            </p>
            <LapseTable workspace={workspace} found={found} section={section} />
          </section>
        );
      })}
      <p className="max-w-[64em] pt-6 text-12 text-ink-3">
        {t.rich("rests", {
          asOf: () => <DateTime at={run.asOf} zone={zone} />,
          knownAt: () => <DateTime at={run.knownAt} zone={zone} />,
          id: () => <bdi className="num">{run.id}</bdi>,
          ...{ version: run.configVersion, seed: run.seed, tests: result.tests },
        })}
      </p>
    </section>
  );
}
