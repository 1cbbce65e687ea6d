import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LastAssignments, WaitingDeals } from "@/components/scenario-lab/deals";
import { Experiments } from "@/components/scenario-lab/experiments";
import { MeasureButton } from "@/components/scenario-lab/measure-button";
import { Outcomes } from "@/components/scenario-lab/outcomes";
import { Pair } from "@/components/scenario-lab/pair";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { listAssignments, listWaiting } from "@/lib/scenario-lab/assign";
import { listExperiments } from "@/lib/scenario-lab/experiments";
import { getLab } from "@/lib/scenario-lab/runs";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<{ weeks?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lab"))("title") };
}

const spans = [0, 52];

async function readPage(ctx: Context, weeks: number) {
  const lab = await getLab(ctx, { weeks });
  const [board, waiting, given] = await Promise.all([
    listExperiments(ctx),
    listWaiting(ctx),
    listAssignments(ctx, { limit: 10 }),
  ]);
  return { lab, board, waiting, given: given.data, mayStart: canAs(ctx.roles, "runs.start", "scope") };
}

/** What each scenario of customer success did, compared like with like, and experiments that give it by lot. */
export default async function HandoffLabPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = Number((await searchParams).weeks ?? 0);
  const weeks = spans.includes(asked) ? asked : 0;
  const { lab, board, waiting, given, mayStart } = await load(workspace, readPage, weeks);
  const t = await getTranslations("lab");
  const { report, run } = lab;
  return (
    <Messages namespaces={["lab", "scenarios"]}>
      <PageHead
        above={
          <Link href={paths.scenarios(workspace)} className="inline-block py-1 underline underline-offset-2">
            {t("policy")}
          </Link>
        }
        title={t("title")}
        statement={report ? t("statement", { deals: report.deals, unassigned: report.unassigned }) : t("about")}
      >
        {mayStart ? <MeasureButton workspace={workspace} weeks={weeks} isMoving={lab.isMoving} /> : null}
      </PageHead>
      <nav aria-label={t("span")} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-13 md:px-7">
        {spans.map((each) => (
          <Link
            key={each}
            href={paths.scenarioLab(workspace, each === 0 ? "" : `weeks=${each}`)}
            aria-current={weeks === each ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t("weeks", { weeks: each })}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pt-1 pb-12 md:px-7">
        {report && report.deals > 0 ? (
          <>
            <section aria-labelledby="outcomes">
              <SectionHead id="outcomes" title={t("outcomes")} note={t("outcomes_note")} />
              <Outcomes outcomes={report.outcomes} />
            </section>
            <section aria-labelledby="compared">
              <SectionHead id="compared" title={t("compared")} note={t("compared_note")} />
              {report.pairs.map((pair) => (
                <Pair key={`${pair.treated}${pair.control}`} pair={pair} />
              ))}
            </section>
          </>
        ) : (
          <EmptyState title={t(report ? "empty" : "not_measured")}>{t("empty_hint")}</EmptyState>
        )}
        <section aria-labelledby="experiments">
          <SectionHead id="experiments" title={t("experiments")} note={t("experiments_note")} />
          <Experiments workspace={workspace} board={board} />
        </section>
        <WaitingDeals workspace={workspace} deals={waiting} />
        <LastAssignments workspace={workspace} rows={given} />
        {run ? (
          <p className="text-12 text-ink-3">
            {t.rich("run", {
              at: () => <DateTime at={run.asOf} />,
              id: () => (
                <bdi dir="ltr" className="num">
                  {run.id.slice(-8)}
                </bdi>
              ),
              seed: run.seed,
            })}
          </p>
        ) : null}
      </div>
    </Messages>
  );
}
