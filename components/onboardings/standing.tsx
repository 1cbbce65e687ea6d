"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useWrite } from "@/components/ui/use-write";
import { newId } from "@/lib/identifiers";
import { endOnboardingAction, noteKickoffAction, startOnboardingAction } from "@/lib/onboardings/actions";
import type { OnboardingView } from "@/lib/onboardings/schema";
import { paths } from "@/lib/paths";
import { dayText } from "./words";

type Props = { workspace: string; onboarding: OnboardingView };

/** When the kickoff was; to write down once. */
export function Kickoff({ workspace, onboarding }: Props) {
  const t = useTranslations("onboarding");
  const locale = useLocale();
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [on, setOn] = useState("");
  if (onboarding.kickoffOn)
    return <p className="text-13">{t("kickoff_on", { date: dayText(locale, onboarding.kickoffOn) })}</p>;
  if (!onboarding.mayLead || onboarding.state !== "open")
    return <p className="text-13 text-ink-2">{t("no_kickoff")}</p>;
  const save = async () => {
    if (await run(() => noteKickoffAction(workspace, { id: onboarding.id, on }))) router.refresh();
  };
  return (
    <div className="flex flex-wrap items-end gap-3" aria-busy={isBusy}>
      <Field label={t("kickoff")} error={error ?? undefined}>
        {(control) => <Input {...control} type="date" value={on} onChange={(event) => setOn(event.target.value)} />}
      </Field>
      <Button isBusy={isBusy} disabled={on === ""} onClick={save}>
        {t("note_kickoff")}
      </Button>
    </div>
  );
}

/** The end: done once no milestone is open, or given up with a reason. */
export function EndForm({ workspace, onboarding }: Props) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [note, setNote] = useState("");
  if (onboarding.state !== "open")
    return (
      <p className="text-13">
        {t(`state.${onboarding.state}`)} <span dir="auto">{onboarding.endNote}</span>
      </p>
    );
  if (!onboarding.mayLead) return null;
  const isOver = onboarding.milestones.every(({ endedAt }) => endedAt !== null);
  const end = async (state: "done" | "cancelled") => {
    const input = { id: onboarding.id, version: onboarding.version, state, note };
    if (await run(() => endOnboardingAction(workspace, input))) router.refresh();
  };
  return (
    <div className="flex flex-wrap items-end gap-3" aria-busy={isBusy}>
      <div className="min-w-56 flex-1">
        <Field label={t("end_note")} hint={isOver ? undefined : t("end_hint")} error={error ?? undefined}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button isBusy={isBusy} disabled={!isOver} onClick={() => void end("done")}>
        {t("end_done")}
      </Button>
      <Button kind="danger" disabled={isBusy || note.trim() === ""} onClick={() => void end("cancelled")}>
        {t("end_cancelled")}
      </Button>
    </div>
  );
}

/** Begins the onboarding of a won journey and goes there. */
export function StartButton({
  workspace,
  customerId,
  journeyId,
}: {
  workspace: string;
  customerId: string;
  journeyId: string;
}) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const id = useRef(newId());
  const start = async () => {
    const input = { id: id.current, customerId, journeyId };
    if (await run(() => startOnboardingAction(workspace, input))) router.push(paths.onboarding(workspace, id.current));
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button isBusy={isBusy} onClick={start}>
        {t("start")}
      </Button>
      {error ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
    </span>
  );
}
