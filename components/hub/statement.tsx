"use client";

import { useTranslations } from "next-intl";
import { apart } from "@/components/ui/apart";
import { Clock } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { Hub } from "@/lib/hub/schema";
import type { Clause } from "./to-wheel-view";

const tones = { bad: "text-bad", accent: "text-accent-text", ink: undefined } as const;

/** The sentence that answers "where is she, what should happen next, who holds the baton", with its clock. */
export function Statement({ hub, clauses, now }: { hub: Hub; clauses: readonly Clause[]; now: number }) {
  const t = useTranslations("hub");
  const common = useTranslations("common");
  const { next, journey } = hub;
  const stage = hub.stages.find(({ id }) => id === journey.stageId);
  const day = Math.floor((now - new Date(journey.enteredStageAt).getTime()) / 86_400_000) + 1;
  const isLate = next?.dueAt ? new Date(next.dueAt).getTime() < now : false;
  return (
    <div className={cn("grid gap-2 border-b-2 px-4 pt-4 pb-3 md:px-7", isLate ? "border-bad" : "border-hairline")}>
      <p id="statement" className="max-w-[46em] text-balance font-550 text-20">
        {clauses.map(({ text, tone }) => (
          <span key={text} className={tones[tone]}>
            {text}{" "}
          </span>
        ))}
      </p>
      <p className="flex flex-wrap items-end gap-x-4 gap-y-1 text-12 text-ink-3">
        {next?.dueAt ? (
          <Clock
            ratio={ratioOf(next.startedAt, next.dueAt, now)}
            text={clockWords(new Date(next.dueAt).getTime(), now, common)}
          />
        ) : null}
        {journey.unansweredSince ? <span className="font-medium text-bad">{t("waits_for_answer")}</span> : null}
        {journey.status === "on_hold" ? <span>{t("on_hold")}</span> : null}
        {journey.status === "lost" ? <span>{t("lost", { reason: journey.lostReason ?? "" })}</span> : null}
        {journey.status === "completed" ? <span>{t("completed")}</span> : null}
        {hub.offTrack.length > 0 ? (
          <span>{hub.offTrack.map(({ trigger }) => t(`trigger.${trigger}`)).join(" · ")}</span>
        ) : null}
        {stage ? (
          <span>
            {stage.dwellP50Days && stage.dwellP80Days
              ? t("dwell", {
                  day,
                  stage: apart(stage.name),
                  half: Math.round(stage.dwellP50Days),
                  most: Math.round(stage.dwellP80Days),
                })
              : t("dwell_plain", { day, stage: apart(stage.name) })}
          </span>
        ) : null}
      </p>
    </div>
  );
}
