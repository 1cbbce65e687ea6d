import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { BoardInput, ConsistencyBoard, NextSteps as Steps } from "@/lib/consistency/schema";
import { paths } from "@/lib/paths";
import { Figures } from "./figures";
import { Filters } from "./filters";
import { MatrixTable } from "./matrix-table";
import { NextSteps } from "./next-steps";
import { PeopleSection } from "./people-section";
import { SpeedChart } from "./speed-chart";
import { mediumNames, routeNames, typeNames } from "./type-names";
import { Verdict } from "./verdict";
import { WeeklySection } from "./weekly-section";
import { percentOf } from "./words";

type Props = { workspace: string; input: BoardInput; board: ConsistencyBoard; steps: Steps; voice: ReactNode };

/** Is it the same to deal with us, however they reach us: the verdict, what it rests on, and the contacts behind every number. */
export async function BoardScreen({ workspace, input, board, steps, voice }: Props) {
  const t = await getTranslations("experience");
  const names = { media: await mediumNames(), routes: await routeNames() };
  const nameOfType = await typeNames();
  const { report, weekly } = board;
  const nameOf = names[report.by];
  const about = { weeks: String(input.weeks), ...(input.type ? { type: input.type } : {}) };
  const rowsAt = (filter: Record<string, string>) =>
    paths.experienceRows(workspace, new URLSearchParams({ ...about, ...filter }).toString());
  const ofType = input.type ? new URLSearchParams({ type: input.type }).toString() : "";
  const [driversAt, enablementAt] = [paths.drivers(workspace, ofType), paths.enablement(workspace, ofType)];
  const key = report.by === "media" ? "medium" : "route";
  return (
    <>
      <PageHead
        title={t("title")}
        above={t("above", {
          type: input.type ? nameOfType(input.type) : t("all_types"),
          period: input.weeks === 0 ? t("all_time") : t("last_weeks", { count: input.weeks }),
        })}
      >
        <LinkButton href={driversAt}>{t("to_drivers")}</LinkButton>
        {board.disagreements > 0 ? (
          <LinkButton href={paths.disagreements(workspace, ofType)}>
            {t("disagreements", { count: board.disagreements })}
          </LinkButton>
        ) : null}
        <LinkButton href={enablementAt}>{t("to_enablement")}</LinkButton>
        <LinkButton href={paths.themes(workspace)}>{t("to_themes")}</LinkButton>
        <LinkButton href={paths.recoveryCases(workspace)}>{t("to_cases")}</LinkButton>
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-8">
        <Filters action={paths.experience(workspace)} input={input} target={report.target} types={board.types} />
        {board.media.length === 0 ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : (
          <>
            <CoverageNote report={report} />
            <Verdict report={report} change={board.change} nameOf={nameOf} />
            <NextSteps steps={steps} target={report.target} driversAt={driversAt} enablementAt={enablementAt} />
            <MatrixTable board={board} names={names} rowsAt={rowsAt} />
            {weekly
              .filter(({ weeks }) => weeks.length > 1)
              .map((chart) => (
                <WeeklySection
                  key={chart.key}
                  chart={chart}
                  name={nameOf(chart.key)}
                  target={report.target}
                  rowsAt={(filter) => rowsAt({ [key]: chart.key, ...filter })}
                />
              ))}
            <PeopleSection people={board.people} rowsAt={rowsAt} />
          </>
        )}
        {voice}
        <SpeedSection
          speed={board.speed}
          scaleAt={paths.experience(
            workspace,
            new URLSearchParams({
              ...about,
              by: input.by,
              scale: input.scale === "plain" ? "auto" : "plain",
            }).toString(),
          )}
          isPlain={input.scale === "plain"}
        />
        {board.media.length === 0 ? null : <Figures board={board} names={names} />}
      </div>
    </>
  );
}

/** How many of the asked answered; said above everything that rests on it when they are few. */
async function CoverageNote({ report: { coverage } }: Pick<ConsistencyBoard, "report">) {
  const t = await getTranslations("experience");
  const { response, isLow } = coverage;
  if (response.rate === null) return <p className="pt-3 text-13 text-ink-2">{t("coverage_none")}</p>;
  const words = t("coverage", { share: percentOf(response.rate), k: response.k, n: response.n });
  if (!isLow) return <p className="pt-3 text-13 text-ink-2">{words}</p>;
  return (
    <p role="note" className="mt-3 rounded-lg border border-warn bg-warn-quiet px-3.5 py-2.5 text-14">
      <b className="font-550">{t("coverage_low")}</b> {words}
    </p>
  );
}

type SpeedProps = Pick<ConsistencyBoard, "speed"> & { scaleAt: string; isPlain: boolean };

async function SpeedSection({ speed, scaleAt, isPlain }: SpeedProps) {
  const t = await getTranslations("experience");
  const locale = await getLocale();
  if (speed.weeks.length === 0) return null;
  const minutes = (value: number) => t("minutes", { value: value < 10 ? value.toFixed(1) : value.toFixed(0) });
  return (
    <section aria-labelledby="speed">
      <SectionHead
        id="speed"
        title={t("speed")}
        note={t(speed.chart ? (speed.isLog ? "speed_log" : "speed_note") : "speed_few")}
      >
        {speed.isLog || isPlain ? (
          <Link href={scaleAt as never} className="no-print text-12 underline underline-offset-2">
            {t(isPlain ? "scale_auto" : "scale_plain")}
          </Link>
        ) : null}
      </SectionHead>
      <ScrollRegion label={t("speed")}>
        <SpeedChart
          speed={speed}
          locale={locale}
          label={t("speed_label", { weeks: speed.weeks.length })}
          words={{ minutes, mean: t("speed_mean"), upper: t("upper"), lower: t("lower") }}
        />
      </ScrollRegion>
    </section>
  );
}
