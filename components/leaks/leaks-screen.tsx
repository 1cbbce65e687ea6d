import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { RunAgain } from "@/components/ui/run-again";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { LeakRow, LeakStage, LeaksResult, ListLeaks } from "@/lib/leaks/schema";
import { paths } from "@/lib/paths";
import type { RunView } from "@/lib/runs/schema";
import { LeakMap, type MapLeak } from "./leak-map";
import { LeakTable } from "./leak-table";
import { OtherFindings } from "./other-findings";
import { StageFigures } from "./stage-figures";
import { groupWords, type LeakPlaces, people, roundMoney } from "./words";

export type FoundLeaks = { run: RunView; result: LeaksResult; names: Record<string, string> };

type Props = {
  workspace: string;
  found: FoundLeaks | null;
  rows: readonly LeakRow[];
  show: ListLeaks["show"];
  isMoving: boolean;
  mayRun: boolean;
  zone: string;
  /** Who is being lost though nobody dropped them. */
  lapses: ReactNode;
  placeOf: LeakPlaces;
};

type MapProps = Pick<Props, "rows"> & { found: FoundLeaks };

/** One drawing per template that somebody entered, the default one first as the stages come. */
async function Maps({ found: { result, names }, rows }: MapProps) {
  const [t, locale] = await Promise.all([getTranslations("leaks"), getLocale()]);
  const templates = [...new Set(result.stages.map(({ template }) => template))];
  const rowOf = (finding: MapLeak["finding"]) =>
    rows.find(
      (row) =>
        row.template === finding.template &&
        row.stage === finding.stage &&
        row.dimension === finding.dimension &&
        row.value === finding.value,
    );
  const leakOf = ({ template, stage }: LeakStage): MapLeak | null => {
    const own = result.findings.filter(
      (each) => each.verdict === "leak" && each.template === template && each.stage === stage,
    );
    const [finding, ...others] = own;
    return finding ? { finding, state: rowOf(finding)?.state ?? "suspected", others: others.length } : null;
  };
  const words = {
    stage: ({ entries }: LeakStage) => String(entries),
    leak: ({ finding, state, others }: MapLeak) =>
      [
        `${groupWords(t, finding, names)}${others > 0 ? ` ${t("more", { count: others })}` : ""}`,
        `${people(finding.size?.losses ?? 0)} · ${t(`state.${state}`)}`,
      ] as const,
  };
  return templates
    .map((template) =>
      result.stages.filter((stage) => stage.template === template && stage.entries + stage.immature > 0),
    )
    .filter((stages) => stages.length > 0)
    .map((stages) => {
      const title = stages[0]?.templateName ?? "";
      const said = stages.map((s) =>
        t("map_label", { name: s.name, n: s.entries, advanced: s.advanced.k, dropped: s.dropped.k }),
      );
      return (
        <section key={title} aria-label={title}>
          <SectionHead title={t("map")} note={t("map_note", { template: title })} />
          <ScrollRegion label={`${t("map")}, ${title}`} className="py-2">
            <LeakMap stages={stages} leakOf={leakOf} label={said.join(". ")} isRtl={locale === "he"} words={words} />
          </ScrollRegion>
          <SectionHead title={t("stages")} note={t("stages_note", { horizon: result.horizonDays })} />
          <StageFigures stages={stages} label={`${t("stages")}, ${title}`} />
        </section>
      );
    });
}

/** Where customers fall out more than elsewhere: the verdict, the leaks, the drawing, and what is none though it looks like one. */
export async function LeaksScreen({ workspace, found, rows, show, isMoving, mayRun, zone, lapses, placeOf }: Props) {
  const [t, locale] = await Promise.all([getTranslations("leaks"), getLocale()]);
  const result = found?.result;
  const count = (state: LeakRow["state"]) => rows.filter((row) => row.state === state).length;
  const confirmed = count("confirmed") + count("being_fixed");
  const verdict = !result
    ? null
    : result.tests === 0 && rows.length === 0
      ? t("verdict.too_few")
      : confirmed > 0
        ? t("verdict.confirmed", { count: confirmed })
        : count("suspected") > 0
          ? t("verdict.suspected", { count: count("suspected") })
          : t("verdict.none");
  const entries = result?.stages.reduce((sum, stage) => sum + stage.entries, 0) ?? 0;
  return (
    <>
      <PageHead
        title={t("title")}
        above={result ? t("above", { entries, days: result.windowDays, horizon: result.horizonDays }) : null}
      >
        <LinkButton href={paths.survival(workspace)}>{t("survival")}</LinkButton>
        <LinkButton href={paths.waiting(workspace)}>{t("waiting")}</LinkButton>
        <LinkButton href={paths.recovery(workspace)}>{t("recovery")}</LinkButton>
        {result ? <PrintButton label={t("print")} /> : null}
        {mayRun ? (
          <RunAgain
            workspace={workspace}
            kind="leaks"
            isMoving={isMoving}
            words={{ again: t("again"), running: t("running") }}
          />
        ) : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        {found && result ? (
          <>
            <p className="pt-4 text-balance font-serif text-28 md:text-40">{verdict}</p>
            <p className="max-w-[64em] text-14 text-ink-2">{t("evidence", { tests: result.tests })}</p>
            <section aria-labelledby="standing">
              <SectionHead id="standing" title={t("standing")} note={t("standing_note")}>
                <nav aria-label={t("show")} className="no-print flex gap-x-4 text-13">
                  {(["standing", "ended", "all"] as const).map((each) => (
                    <Link
                      key={each}
                      href={paths.leaks(workspace, `show=${each}`)}
                      aria-current={each === show ? "true" : undefined}
                      className="text-ink-2 underline-offset-4 hover:text-ink-1 aria-current:font-550 aria-current:text-ink-1 aria-current:underline"
                    >
                      {t(`tab.${each}`)}
                    </Link>
                  ))}
                </nav>
              </SectionHead>
              {rows.length === 0 ? (
                <p className="text-13 text-ink-3">{t("nothing")}</p>
              ) : (
                <LeakTable workspace={workspace} rows={rows} currency={result.currency} placeOf={placeOf} />
              )}
            </section>
            <Maps found={found} rows={rows} />
            <OtherFindings result={result} names={found.names} />
            <p className="max-w-[64em] pt-6 text-12 text-ink-3">
              {t.rich("rests", {
                asOf: () => <DateTime at={found.run.asOf} zone={zone} />,
                knownAt: () => <DateTime at={found.run.knownAt} zone={zone} />,
                id: () => <bdi className="num">{found.run.id}</bdi>,
                version: found.run.configVersion,
                seed: found.run.seed,
                wins: result.winsWithValue,
                value:
                  result.valuePerWinMinor === null
                    ? t("rests_none")
                    : roundMoney(result.valuePerWinMinor, result.currency, locale),
              })}
            </p>
          </>
        ) : (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        )}
        {lapses}
      </div>
    </>
  );
}
