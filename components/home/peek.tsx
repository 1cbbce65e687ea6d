"use client";

import { Phone, Plus, Send } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { apart } from "@/components/ui/apart";
import { Button, buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { LinkButton } from "@/components/ui/link-button";
import { SpokeCode } from "@/components/ui/spoke-code";
import { clockWords, lengthOf, ratioOf } from "@/components/ui/time-words";
import { PeekWheel } from "@/components/wheel/peek-wheel";
import type { QueueItem } from "@/lib/home/schema";
import { paths } from "@/lib/paths";
import { printPhone } from "@/lib/phone-words";

type Props = { workspace: string; item: QueueItem; now: number; onLog: () => void; onAsk: () => void };

/** Who stands under the cursor: why now, who has the baton, what comes next, and what one can do about it. */
export function Peek({ workspace, item, now, onLog, onAsk }: Props) {
  const t = useTranslations("home");
  const locale = useLocale();
  const common = useTranslations("common");
  return (
    <aside aria-label={t("peek")} className="no-print hidden w-91 flex-none border-hairline border-s xl:block">
      <div className="sticky top-0 max-h-dvh overflow-y-auto px-5 pt-5 pb-16">
        <p className="text-12 text-ink-3">
          {[item.place ?? "", item.stageName].filter(Boolean).map(apart).join(" · ")}
        </p>
        <h2 className="font-medium font-serif text-20">
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
        <Facts item={item} now={now} />
        {item.recovery?.current ? <Step name={item.recovery.current} {...item.recovery} /> : null}
        <div className="grid grid-cols-2 gap-2 border-hairline border-t pt-4">
          {item.phone ? (
            <a
              href={`tel:${item.phone}`}
              className={cn(buttonStyle({ kind: "primary" }), "col-span-2")}
              data-kind="primary"
            >
              <Phone aria-hidden className="size-4" strokeWidth={1.5} />
              {t("call")}
              <bdi dir="ltr" className="num">
                {printPhone(item.phone)}
              </bdi>
              <Kbd>C</Kbd>
            </a>
          ) : null}
          <Button kind={item.phone ? "plain" : "primary"} shortcut="L" onClick={onLog}>
            <Plus aria-hidden className="size-4" strokeWidth={1.5} />
            {t("log")}
          </Button>
          <Button shortcut="R" onClick={onAsk}>
            <Send aria-hidden className="size-4 rtl:-scale-x-100" strokeWidth={1.5} />
            {t("ask")}
          </Button>
          <LinkButton
            kind="text"
            href={paths.customer(workspace, item.customerId)}
            prefetch={false}
            className="col-span-2"
          >
            {t("open")}
            <Kbd>↵</Kbd>
          </LinkButton>
        </div>
      </div>
    </aside>
  );
}

/** Why she stands where she stands: the reason, the baton, what comes next, and the numbers behind the order. */
function Facts({ item, now }: { item: QueueItem; now: number }) {
  const t = useTranslations("home");
  const locale = useLocale();
  const common = useTranslations("common");
  const { kind, params, quote } = item.reason;
  const spoke = locale === "he" && item.baton.nameHe ? item.baton.nameHe : item.baton.name;
  return (
    <dl className="grid grid-cols-[72px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-2 border-hairline border-t py-3 text-14">
      <Fact name={t("why_now")}>
        {quote ? (
          <span dir="auto" className="said block">
            “{quote}”
          </span>
        ) : (
          <span className={item.isLate ? "font-550 text-bad" : undefined}>
            {t(`reason.${kind}`, { name: String(params.name ?? ""), medium: "", count: Number(params.count ?? 1) })}
          </span>
        )}
      </Fact>
      <Fact name={t("has_baton")}>
        <span className="inline-flex items-baseline gap-2">
          <SpokeCode code={item.baton.code} position={item.baton.position} name={spoke} />
          {spoke}
        </span>
        {item.baton.personName ? (
          <span className="ms-2 text-ink-2">
            <bdi>{item.baton.personName}</bdi>
          </span>
        ) : null}
      </Fact>
      <Fact name={t("next")}>
        {item.nextName ?? t("nothing_next")}
        {item.clock ? (
          <span className="ms-2 whitespace-nowrap text-12 text-ink-3">
            {clockWords(new Date(item.clock.dueAt).getTime(), now, common)}
          </span>
        ) : null}
      </Fact>
      <Fact name={t("place")}>
        <span className="text-12 text-ink-3">
          {t("why_place", {
            score: item.score.toFixed(1),
            overdue: item.factors.overdueRatio.toFixed(2),
            value: item.factors.valuePercentile.toFixed(2),
            hazard: item.factors.dropHazard.toFixed(2),
            mood: item.factors.sentiment.toFixed(1),
          })}
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** The step of the recovery play that is due, and how many are behind it. */
function Step({ name, done, total }: { name: string; done: number; total: number }) {
  const t = useTranslations("home");
  const plays = useTranslations("plays");
  return (
    <div className="border-hairline border-t py-3">
      <p className="font-550 text-13">{plays.has(name) ? plays(name) : name}</p>
      <p className="flex items-center gap-3 text-12 text-ink-3">
        {t("recovery", { done: done + 1, total })}
        <span aria-hidden className="grid flex-1 auto-cols-fr grid-flow-col gap-1">
          {Array.from({ length: total }, (_each, place) => place).map((place) => (
            <span
              key={place}
              className={cn("h-0.5", place < done ? "bg-ink-1" : place === done ? "bg-accent" : "bg-hairline-strong")}
            />
          ))}
        </span>
      </p>
    </div>
  );
}
