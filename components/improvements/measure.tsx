import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { percent, RateText } from "@/components/ui/rate";
import { StatusMark } from "@/components/ui/status-mark";
import type { ImprovementView } from "@/lib/improvements/schema";
import { paths } from "@/lib/paths";

const marks = { not_done: "idle", too_few: "idle", proven: "good", not_proven: "waiting", worse: "overdue" } as const;

type Props = { workspace: string; improvement: ImprovementView };

/** Comments that speak ill of the cause before and after, the difference with its interval, and what may be said of it. */
export async function Measure({ workspace, improvement }: Props) {
  const t = await getTranslations("improvements");
  const { measure, themeId, interactionType } = improvement;
  const { difference } = measure;
  const rowsAt = (from: string, until: string, filter: Record<string, string>) => {
    const query = {
      from,
      until,
      weeks: "0",
      rows: "1",
      ...(interactionType ? { type: interactionType } : {}),
      ...filter,
    };
    return paths.themes(workspace, new URLSearchParams(query).toString());
  };
  const side = (name: "before" | "after", from: string, until: string) => {
    const rate = measure[name];
    if (!rate) return null;
    return (
      <div key={name}>
        <dt className="text-12 text-ink-3">
          {t(name)} · <DateTime at={from} shape="date" /> – <DateTime at={until} shape="date" />
        </dt>
        <dd className="text-14">
          <Link
            href={rowsAt(from, until, { theme: themeId, polarity: "negative" }) as never}
            prefetch={false}
            className="underline decoration-hairline-strong underline-offset-2"
          >
            <RateText {...rate} noData={t("no_data")} needs={(count) => t("needs", { count })} />
          </Link>
          {rate.n > 0 ? (
            <Link
              href={rowsAt(from, until, {}) as never}
              prefetch={false}
              className="ms-2 text-12 text-ink-3 underline decoration-hairline-strong underline-offset-2"
            >
              {t("all_comments", { count: rate.n })}
            </Link>
          ) : null}
        </dd>
      </div>
    );
  };
  return (
    <section aria-labelledby="measure" className="mt-4 border-hairline border-t pt-3">
      <h3 id="measure" className="font-550 text-13">
        {t("measure")} <span className="font-normal text-12 text-ink-3">{t("measure_note")}</span>
      </h3>
      <dl className="flex flex-wrap gap-x-10 gap-y-2 pt-2">
        {side("before", measure.beforeFrom, measure.beforeUntil)}
        {measure.afterFrom && measure.afterUntil ? side("after", measure.afterFrom, measure.afterUntil) : null}
        {difference ? (
          <div>
            <dt className="text-12 text-ink-3">{t("difference")}</dt>
            <dd className="text-14">
              <bdi dir="ltr" className="num">
                {percent(-difference.difference)}{" "}
                <span className="text-12 text-ink-3">
                  {percent(-difference.hi)} – {percent(-difference.lo)}
                </span>
              </bdi>
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="pt-2 text-14">
        <StatusMark state={marks[measure.verdict]} />{" "}
        <b className={`font-550 ${measure.verdict === "worse" ? "text-bad" : ""}`}>{t(`verdict.${measure.verdict}`)}</b>{" "}
        <span className="text-13 text-ink-2">{t(`verdict_note.${measure.verdict}`)}</span>
      </p>
    </section>
  );
}
