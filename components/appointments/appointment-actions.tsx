"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import {
  cancelAppointmentAction,
  confirmAppointmentAction,
  keepAppointmentAction,
  missAppointmentAction,
} from "@/lib/appointments/actions";

type Props = {
  workspace: string;
  appointment: { id: string; state: string; startAt: string; version: number };
  now: number;
  onMove?: (() => void) | undefined;
  onDone: () => void;
};

/** Before it begins: confirmed, another time, called off. From then on: what became of it, as its host says. */
export function AppointmentActions({ workspace, appointment, now, onMove, onDone }: Props) {
  const t = useTranslations("appointments");
  const { isBusy, error, run } = useWrite();
  const [evidence, setEvidence] = useState<string | null>(null);
  const { id, version, state } = appointment;
  const hasBegun = new Date(appointment.startAt).getTime() <= now;

  const act = async (action: Parameters<typeof run>[0], words: string) => {
    if (!(await run(action))) return;
    setEvidence(null);
    void say(words);
    onDone();
  };

  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-1">
        {hasBegun ? (
          <>
            <Button kind="text" aria-expanded={evidence !== null} onClick={() => setEvidence(evidence ?? "")}>
              {t("keep")}
            </Button>
            <Button
              kind="text"
              isBusy={isBusy}
              onClick={() => act(() => missAppointmentAction(workspace, { id, version }), t("missed"))}
            >
              {t("miss")}
            </Button>
          </>
        ) : state === "set" ? (
          <Button
            kind="text"
            isBusy={isBusy}
            onClick={() => act(() => confirmAppointmentAction(workspace, { id, version }), t("confirmed"))}
          >
            {t("confirm")}
          </Button>
        ) : null}
        {onMove ? (
          <Button kind="text" onClick={onMove}>
            {t("move")}
          </Button>
        ) : null}
        {hasBegun ? null : (
          <Button
            kind="text"
            isBusy={isBusy}
            onClick={() => act(() => cancelAppointmentAction(workspace, { id, version }), t("cancelled"))}
          >
            {t("cancel")}
          </Button>
        )}
      </div>
      {evidence === null ? null : (
        <form
          className="grid gap-2"
          action={() =>
            act(
              () => keepAppointmentAction(workspace, { id, version, ...(evidence.trim() ? { evidence } : {}) }),
              t("kept"),
            )
          }
        >
          <Textarea
            autoFocus
            aria-label={t("evidence")}
            placeholder={t("evidence")}
            maxLength={4000}
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
          <Button type="submit" isBusy={isBusy} className="justify-self-start">
            {t("say_kept")}
          </Button>
        </form>
      )}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
