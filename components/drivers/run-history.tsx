import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { DriversReport } from "@/lib/drivers/schema";
import type { RunView } from "@/lib/runs/schema";

type Props = {
  report: DriversReport;
  runs: readonly RunView[];
  zone: string;
  hrefOf: (runId: string) => string;
};

const marks = { queued: "waiting", running: "waiting", done: "good", failed: "overdue" } as const;

/** What the page rests on, in words, and the runs before it. */
export async function RunHistory({ report: { run }, runs, zone, hrefOf }: Props) {
  const t = await getTranslations("drivers");
  return (
    <section aria-labelledby="runs">
      <SectionHead id="runs" title={t("runs")} />
      {run ? (
        <p className="max-w-[64em] text-13 text-ink-2">
          {t.rich("rests_on", {
            asOf: () => <DateTime at={run.asOf} zone={zone} />,
            knownAt: () => <DateTime at={run.knownAt} zone={zone} />,
            seed: run.seed,
            version: run.configVersion,
            id: () => <bdi className="num">{run.id}</bdi>,
          })}
        </p>
      ) : null}
      <ul className="mt-2 text-13">
        {runs.map((each) => (
          <li key={each.id} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
            <StatusMark state={marks[each.status]} />
            {each.status === "done" ? (
              <Link
                href={hrefOf(each.id) as never}
                prefetch={false}
                aria-current={each.id === run?.id ? "true" : undefined}
                className="underline decoration-hairline-strong underline-offset-2 aria-[current]:font-550"
              >
                <DateTime at={each.requestedAt} zone={zone} />
              </Link>
            ) : (
              <DateTime at={each.requestedAt} zone={zone} />
            )}
            <span className="text-ink-2">{each.status === "done" ? took(each, t) : t(`status.${each.status}`)}</span>
            <span className="text-12 text-ink-3">
              {each.requestedByName ? <bdi>{each.requestedByName}</bdi> : t("by_night")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function took({ startedAt, finishedAt }: RunView, t: Awaited<ReturnType<typeof getTranslations>>): string {
  const seconds = (Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? "")) / 1_000;
  return t("took", { seconds: seconds.toFixed(1) });
}
