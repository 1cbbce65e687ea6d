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

function Play({
  workspace,
  event,
  customerId,
  onChanged,
}: {
  workspace: string;
  event: HubOffTrack;
  customerId: string;
  onChanged: () => void;
}) {
  const t = useTranslations("hub");
  const plays = useTranslations("plays");
  const words = useErrorWords();
  const [busy, setBusy] = useState<string | null>(null);
  const current = event.steps.find(({ doneAt }) => !doneAt);
  const tick = async (stepId: string) => {
    setBusy(stepId);
    const result = await completeRecoveryStepAction(workspace, { stepId, customerId });
    setBusy(null);
    if (!result.ok) await say(words(result.error), { isError: true });
    onChanged();
  };
  return (
    <section aria-label={t(`trigger.${event.trigger}`)} className="border-hairline border-b px-4 py-3 md:px-7">
      <h2 className="font-550 text-13">
        {t("bring_back")} <span className="ms-2 font-normal text-12 text-ink-3">{t(`trigger.${event.trigger}`)}</span>
      </h2>
      <ol className="mt-2 grid gap-x-4 gap-y-2 md:grid-flow-col md:auto-cols-fr">
        {event.steps.map((step) => {
          const isCurrent = step.id === current?.id;
          return (
            <li
              key={step.id}
              className={cn(
                "border-t-2 pt-1.5 text-12",
                step.doneAt
                  ? "border-ink-1 text-ink-2"
                  : isCurrent
                    ? "border-accent font-550 text-ink-1"
                    : "border-hairline text-ink-3",
                step.doneAt || isCurrent ? "" : "max-md:hidden",
              )}
            >
              {plays.has(step.name) ? plays(step.name) : step.name}
              <span className="block font-normal text-ink-3">
                {step.doneAt ? t("step_done") : (step.ownerName ?? "")}
              </span>
              {step.doneAt ? null : (
                <Button
                  kind="text"
                  className="-ms-1.5 h-6 text-12"
                  isBusy={busy === step.id}
                  onClick={() => void tick(step.id)}
                >
                  {t("tick")}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
