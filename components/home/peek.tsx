"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { SpokeCode } from "@/components/ui/spoke-code";
import { clockWords, lengthOf, ratioOf } from "@/components/ui/time-words";
import { PeekWheel } from "@/components/wheel/peek-wheel";
import type { QueueItem } from "@/lib/home/schema";
import { paths } from "@/lib/paths";

type Props = { workspace: string; item: QueueItem; now: number; children: ReactNode };

/** Who stands under the cursor: why now, who has the baton, what comes next, and the place to log it. */
export function Peek({ workspace, item, now, children }: Props) {
  const t = useTranslations("home");
  const locale = useLocale();
  const common = useTranslations("common");
  const plays = useTranslations("plays");
  const spoke = locale === "he" && item.baton.nameHe ? item.baton.nameHe : item.baton.name;
  const { name, params, quote } = { name: item.nextName, ...item.reason };
  return (
    <aside
      aria-label={t("peek")}
      className="sticky top-0 hidden max-h-dvh w-91 flex-none overflow-y-auto border-hairline border-s px-5 py-5 xl:block"
    >
      <p className="text-12 text-ink-3">{[item.place, item.stageName].filter(Boolean).join(" · ")}</p>
      <h2 className="font-serif text-20">
        <bdi>{item.name}</bdi>
      </h2>
      <PeekWheel
        involved={item.involved}
        baton={item.baton.position}
        isRtl={locale === "he"}
        ratio={item.clock ? ratioOf(item.clock.startedAt, item.clock.dueAt, now) : item.isLate ? 1.4 : null}
        time={item.clock ? lengthOf(new Date(item.clock.dueAt).getTime() - now, common) : ""}
        words={item.clock ? t(new Date(item.clock.dueAt).getTime() < now ? "peek_late" : "peek_left") : ""}
      />
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-2 border-hairline border-t py-3 text-14">
        <dt className="text-12 text-ink-3">{t("why_now")}</dt>
        <dd className={item.isLate && !quote ? "font-550 text-bad" : undefined}>
          {quote ? (
            <bdi className="said">“{quote}”</bdi>
          ) : (
            t(`reason.${item.reason.kind}`, {
              name: String(params.name ?? ""),
              medium: "",
              count: Number(params.count ?? 1),
            })
          )}
        </dd>
        <dt className="text-12 text-ink-3">{t("has_baton")}</dt>
        <dd className="flex items-center gap-2">
          <SpokeCode code={item.baton.code} position={item.baton.position} name={spoke} />
          {spoke}
          {item.baton.personName ? <bdi className="text-ink-2">{item.baton.personName}</bdi> : null}
        </dd>
        <dt className="text-12 text-ink-3">{t("next")}</dt>
        <dd>
          {name ?? t("nothing_next")}
          {item.clock ? (
            <span className="ms-2 text-12 text-ink-3">
              {clockWords(new Date(item.clock.dueAt).getTime(), now, common)}
            </span>
          ) : null}
        </dd>
        {item.recovery?.current ? (
          <>
            <dt className="text-12 text-ink-3">{t("step")}</dt>
            <dd>{plays.has(item.recovery.current) ? plays(item.recovery.current) : item.recovery.current}</dd>
          </>
        ) : null}
        <dt className="text-12 text-ink-3">{t("place")}</dt>
        <dd className="num text-12 text-ink-2">
          {t("why_place", {
            score: item.score.toFixed(1),
            overdue: item.factors.overdueRatio.toFixed(2),
            value: item.factors.valuePercentile.toFixed(2),
            hazard: item.factors.dropHazard.toFixed(2),
            mood: item.factors.sentiment.toFixed(1),
          })}
        </dd>
      </dl>
      <div className="mb-4 flex gap-2">
        {item.phone ? (
          <a
            href={`tel:${item.phone}`}
            className="inline-flex h-control flex-1 items-center justify-center gap-2 rounded-control border border-hairline-strong bg-float font-medium text-13"
          >
            {t("call")} <bdi dir="ltr">{item.phone}</bdi>
          </a>
        ) : null}
        <LinkButton href={paths.customer(workspace, item.customerId)} prefetch={false}>
          {t("open")}
        </LinkButton>
      </div>
      <div className="border-hairline border-t pt-4">{children}</div>
    </aside>
  );
}
