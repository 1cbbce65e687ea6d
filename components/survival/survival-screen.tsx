import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { RunAgain } from "@/components/ui/run-again";
import type { OriginsResult } from "@/lib/origins/schema";
import { paths } from "@/lib/paths";
import type { RunWithResult } from "@/lib/runs/schema";
import type { StageSurvival, SurvivalResult } from "@/lib/survival/schema";
import { OriginsSection } from "./origins-section";
import { StageSection } from "./stage-section";
import { type Behind, StayRows } from "./stay-rows";

type Props = {
  workspace: string;
  view: "stages" | "origins";
  run: RunWithResult | null;
  behind: Behind | null;
  isMoving: boolean;
  mayRun: boolean;
  zone: string;
};

const slowest = (stages: readonly StageSurvival[]) =>
  stages
    .filter(({ isEnough, median }) => isEnough && median !== null)
    .reduce<StageSurvival | null>((found, each) => ((found?.median ?? -1) >= (each.median ?? 0) ? found : each), null);

async function Stages({
  workspace,
  run,
  behind,
  zone,
}: Pick<Props, "workspace" | "behind" | "zone"> & { run: RunWithResult }) {
  const t = await getTranslations("survival");
  const { stages, leftOut } = run.result as SurvivalResult;
  const slow = slowest(stages);
  return (
    <>
      <p className="pt-4 text-balance font-serif text-20">
        {slow ? t("statement", { stage: apart(slow.name), days: slow.median ?? 0 }) : t("statement_none")}
      </p>
      <p className="max-w-[64em] pb-2 text-13 text-ink-2">
        {t("held")} {leftOut > 0 ? t("left_out", { count: leftOut }) : null}
      </p>
      {behind ? <StayRows workspace={workspace} behind={behind} zone={zone} /> : null}
      {stages
        .filter(({ entries }) => entries > 0)
        .map((stage) => (
          <StageSection
            key={`${stage.template}/${stage.stage}`}
            stage={stage}
            hrefOf={(ended, origin) => {
              const about = {
                run: run.id,
                template: stage.template,
                stage: stage.stage,
                ended,
                ...(origin ? { origin } : {}),
              };
              return paths.survival(workspace, new URLSearchParams(about).toString());
            }}
          />
        ))}
    </>
  );
}

/** How long customers stay in each stage and how they leave it, or how long a win takes by where they came from. */
export async function SurvivalScreen({ workspace, view, run, behind, isMoving, mayRun, zone }: Props) {
  const t = await getTranslations("survival");
  const kind = view === "origins" ? "origins" : "survival";
  const tests = (run?.result as { tests?: number } | null)?.tests ?? 0;
  return (
    <>
      <PageHead title={t("title")}>
        <LinkButton href={paths.leaks(workspace)}>{t("leaks")}</LinkButton>
        {run ? <PrintButton label={t("print")} /> : null}
        {mayRun ? (
          <RunAgain
            workspace={workspace}
            kind={kind}
            isMoving={isMoving}
            words={{ again: t("again"), running: t("running") }}
          />
        ) : null}
      </PageHead>
      <nav aria-label={t("show")} className="no-print flex gap-x-4 px-4 pt-3 text-13 md:px-8">
        {(["stages", "origins"] as const).map((each) => (
          <Link
            key={each}
            href={paths.survival(workspace, each === "origins" ? "view=origins" : "")}
            aria-current={each === view ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t(`tab.${each}`)}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        {!run ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : (
          <>
            {view === "origins" ? (
              <OriginsSection workspace={workspace} result={run.result as OriginsResult} />
            ) : (
              <Stages workspace={workspace} run={run} behind={behind} zone={zone} />
            )}
            <p className="max-w-[64em] pt-6 text-12 text-ink-3">
              {t.rich("rests", {
                asOf: () => <DateTime at={run.asOf} zone={zone} />,
                knownAt: () => <DateTime at={run.knownAt} zone={zone} />,
                id: () => <bdi className="num">{run.id}</bdi>,
                version: run.configVersion,
                seed: run.seed,
                tests,
              })}
            </p>
          </>
        )}
      </div>
    </>
  );
}
