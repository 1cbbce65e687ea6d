import { getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { LeakFinding, LeaksResult } from "@/lib/leaks/schema";
import { groupWords, partsOf, people, share } from "./words";

type Props = { result: LeaksResult; names: Readonly<Record<string, string>> };

/** What looks like a leak and is none: another mix, or nothing that can be told from chance, each with its reason in words. */
export async function OtherFindings({ result, names }: Props) {
  const t = await getTranslations("leaks");
  const why = (finding: LeakFinding): string => {
    const { verdict, mix, size, drops } = finding;
    if (verdict === "mix" && mix) return t("mix", { ...partsOf(mix), by: t(`by.${mix.by}`) });
    if (verdict === "too_few") return t("too_few", { n: drops.n });
    if (size && size.lo > 0) return t("not_proven_many", { tests: result.tests });
    return t("not_proven", { lo: share(size?.lo), hi: share(size?.hi) });
  };
  const groups = [
    { key: "mix", rows: result.findings.filter(({ verdict }) => verdict === "mix") },
    { key: "untold", rows: result.findings.filter(({ verdict }) => verdict === "not_proven" || verdict === "too_few") },
  ] as const;
  return groups.map(({ key, rows }) =>
    rows.length === 0 ? null : (
      <section key={key} aria-labelledby={key}>
        <SectionHead id={key} title={t(`${key}_title`)} note={t(`${key}_note`)} />
        <ScrollRegion label={t(`${key}_title`)}>
          <table className="w-full min-w-260 border-collapse text-13">
            <thead>
              <tr className="border-hairline-strong border-b text-12 text-ink-3">
                {(["where", "why", "dropped", "others", "losses"] as const).map((column) => (
                  <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                    {t(`col.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((finding) => {
                const { template, stage, stageName, dimension, value, drops, reference, size } = finding;
                const rate = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
                return (
                  <tr
                    key={`${template}/${stage}/${dimension}/${value}`}
                    className="border-hairline border-b align-baseline"
                  >
                    <th scope="row" className="py-1.5 pe-3 text-start font-450">
                      {t("place", { stage: apart(stageName), group: groupWords(t, finding, names) })}
                    </th>
                    <td className="py-1.5 pe-3">{why(finding)}</td>
                    <td className="whitespace-nowrap py-1.5 pe-3">
                      <RateText {...drops} {...rate} />
                    </td>
                    <td className="whitespace-nowrap py-1.5 pe-3">
                      <RateText {...reference} {...rate} />
                    </td>
                    <td className="num whitespace-nowrap py-1.5">
                      {t("losses", { losses: people(size?.losses ?? 0), least: people(size?.lossesAtLeast ?? 0) })}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
      </section>
    ),
  );
}
