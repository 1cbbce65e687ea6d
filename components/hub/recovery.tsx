"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useErrorWords } from "@/components/ui/error-words";
import { say } from "@/components/ui/toast";
import type { Hub, HubOffTrack } from "@/lib/hub/schema";
import { completeRecoveryStepAction } from "@/lib/journeys/actions";

type Props = { workspace: string; hub: Hub; onChanged: () => void };

/** The plays that bring them back: done in ink, the step that is due in accent, later ones quiet. */
export function RecoveryPlays({ workspace, hub, onChanged }: Props) {
  return hub.offTrack.map((event) => (
    <Play key={event.id} workspace={workspace} event={event} customerId={hub.customer.id} onChanged={onChanged} />
  ));
}

type PlayProps = { workspace: string; event: HubOffTrack; customerId: string; onChanged: () => void };

function Play({ workspace, event, customerId, onChanged }: PlayProps) {
  const t = useTranslations("hub");
  const words = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const place = event.steps.findIndex(({ doneAt }) => !doneAt);
  const current = event.steps[place];
  const tick = async () => {
    if (!current) return;
    setBusy(true);
    const result = await completeRecoveryStepAction(workspace, { stepId: current.id, customerId });
    setBusy(false);
    if (!result.ok) await say(words(result.error), { isError: true });
    onChanged();
  };
  return (
    <section
      aria-label={t(`trigger.${event.trigger}`)}
      className="border-hairline border-b px-4 pt-2.5 pb-3 md:px-7"
      aria-busy={isBusy || undefined}
    >
      <div className="flex flex-wrap items-baseline gap-x-2">
        <h2 className="font-550 text-13">{t("bring_back")}</h2>
        <span className="text-12 text-ink-3">
          {t(`trigger.${event.trigger}`)}
          {current ? `, ${t("step_now", { step: place + 1, total: event.steps.length })}` : ""}
          {event.steps.length === 0 ? `, ${t("held_out")}` : ""}
        </span>
        {current ? (
          <Button kind="text" className="no-print ms-auto -me-1.5 h-7" isBusy={isBusy} onClick={() => void tick()}>
            {t("tick")}
          </Button>
        ) : null}
      </div>
      <ol className="mt-1.5 grid gap-y-2 md:grid-flow-col md:auto-cols-fr">
        {event.steps.map((step) => (
          <Step key={step.id} step={step} isCurrent={step.id === current?.id} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, isCurrent }: { step: HubOffTrack["steps"][number]; isCurrent: boolean }) {
  const t = useTranslations("hub");
  const plays = useTranslations("plays");
  return (
    <li
      aria-current={isCurrent ? "step" : undefined}
      className={cn(
        "border-t-2 pt-1.5 pe-4 text-12",
        step.doneAt
          ? "border-ink-1 text-ink-2"
          : isCurrent
            ? "border-accent font-550 text-ink-1"
            : "border-hairline text-ink-3 max-md:hidden",
      )}
    >
      {plays.has(step.name) ? plays(step.name) : step.name}
      <span className="block font-normal text-ink-3">
        {step.doneAt ? t("step_done") : <bdi>{step.ownerName ?? ""}</bdi>}
      </span>
    </li>
  );
}
