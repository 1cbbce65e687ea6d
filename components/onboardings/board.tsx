import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import type { HealthLevel } from "@/lib/onboardings/health";
import type { OnboardingRow } from "@/lib/onboardings/schema";
import { paths } from "@/lib/paths";
import { HealthWord } from "./health";
import { dayText, nameIn } from "./words";

const levels: readonly HealthLevel[] = ["at_risk", "watch", "no_data", "on_track"];

type Props = { workspace: string; rows: readonly OnboardingRow[] };

/** Open onboardings by how they go, those in danger first. */
export function OnboardingBoard({ workspace, rows }: Props) {
  const t = useTranslations("onboarding");
  return levels.map((level) => {
    const here = rows.filter(({ health }) => health.level === level);
    return here.length === 0 ? null : (
      <section key={level} aria-labelledby={`level-${level}`}>
        <SectionHead
          id={`level-${level}`}
          title={t(`level.${level}`)}
          note={<span className="num">{here.length}</span>}
        />
        <OnboardingList workspace={workspace} rows={here} />
      </section>
    );
  });
}

/** Onboardings, one line each: whose, how far, what comes next, and the first value. */
export function OnboardingList({ workspace, rows }: Props) {
  const t = useTranslations("onboarding");
  const locale = useLocale();
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.id}
          className="grid gap-x-5 gap-y-1 border-hairline border-b py-2.5 text-13 md:grid-cols-[minmax(0,13rem)_minmax(0,9rem)_minmax(0,1fr)_minmax(0,15rem)]"
        >
          <span className="min-w-0">
            <Link
              href={paths.onboarding(workspace, row.id)}
              prefetch={false}
              className="font-550 text-14 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{row.customerName}</bdi>
            </Link>
            <span className="block text-12 text-ink-3">{row.ownerName ? <bdi>{row.ownerName}</bdi> : t("nobody")}</span>
          </span>
          <span>
            {row.state === "open" ? <HealthWord health={row.health} /> : t(`state.${row.state}`)}
            <span className="block text-12 text-ink-3">{t("progress", { done: row.done, total: row.total })}</span>
          </span>
          <span className="min-w-0">
            {row.state === "open" ? (
              row.next ? (
                <>
                  <bdi>{nameIn(locale, row.next)}</bdi>{" "}
                  <span className="text-12 text-ink-3">
                    <DateTime at={row.next.dueAt} shape="date" />
                  </span>
                </>
              ) : (
                t("nothing_open")
              )
            ) : row.endedAt ? (
              <DateTime at={row.endedAt} shape="long" />
            ) : null}
            {row.late > 0 ? <span className="block text-12 text-bad">{t("late", { count: row.late })}</span> : null}
          </span>
          <span className="text-12 text-ink-2">
            <FirstValueWord row={row} />
            <span className="block text-ink-3">
              {row.kickoffOn ? t("kickoff_on", { date: dayText(locale, row.kickoffOn) }) : t("no_kickoff")}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function FirstValueWord({ row }: { row: OnboardingRow }) {
  const t = useTranslations("onboarding");
  const locale = useLocale();
  if (row.daysToFirstValue !== null) return t("reached_after", { days: row.daysToFirstValue });
  if (row.targetOn) return t("value_by", { date: dayText(locale, row.targetOn) });
  return t("value_unsaid");
}
