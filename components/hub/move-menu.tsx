"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import type { PublicError } from "@/lib/errors";
import type { Hub } from "@/lib/hub/schema";
import {
  completeJourneyAction,
  holdJourneyAction,
  loseJourneyAction,
  moveJourneyAction,
  reopenJourneyAction,
  resumeJourneyAction,
} from "@/lib/journeys/actions";
import { lostReasons } from "@/lib/journeys/vocabulary";

type Props = { workspace: string; hub: Hub; onClose: () => void; onMoved: () => void };
type Answer = { ok: true } | { ok: false; error: PublicError };

const fieldLabel = (key: string) => key.replaceAll("_", " ");

/** Moves a customer on: another stage with what it asks for, a pause, a loss, a return, or the end of the circle. */
export function MoveDialog({ workspace, hub, onClose, onMoved }: Props) {
  const t = useTranslations("hub");
  const words = useErrorWords();
  const { journey } = hub;
  const here = hub.stages.find(({ id }) => id === journey.stageId);
  const forward = hub.stages.find(({ position }) => position === (here?.position ?? 0) + 1);
  const [target, setTarget] = useState(forward?.id ?? "");
  const [error, setError] = useState<PublicError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const of = { customerId: hub.customer.id, journeyId: journey.id, version: journey.version };

  const run = async (work: () => Promise<Answer>) => {
    setBusy(true);
    const answer = await work().catch(
      (): Answer => ({ ok: false, error: { code: "unavailable", reason: "unavailable" } }),
    );
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      if (answer.error.code === "conflict") onMoved();
      return;
    }
    void say(t("moved"));
    onMoved();
    onClose();
  };

  const move = (form: FormData) => {
    const fields = Object.fromEntries(
      (here?.requiredFields ?? [])
        .map((key) => [key, String(form.get(`field:${key}`) ?? "")])
        .filter(([, value]) => value !== ""),
    );
    const reason = String(form.get("reason") ?? "").trim();
    const need = String(form.get("need") ?? "").trim();
    return run(() =>
      moveJourneyAction(workspace, {
        ...of,
        toStageId: target,
        fields,
        ...(reason ? { reason } : {}),
        ...(need ? { need } : {}),
      }),
    );
  };

  const isBack = (hub.stages.find(({ id }) => id === target)?.position ?? 0) < (here?.position ?? 0);
  const isEnded = journey.status === "lost" || journey.status === "completed" || journey.status === "merged";
  return (
    <Dialog isOpen onClose={onClose} title={t("move_on")}>
      <div className="grid gap-6">
        {error ? (
          <p role="alert" className="text-13 text-bad">
            {words(error)}
          </p>
        ) : null}
        {journey.status === "on_hold" ? (
          <Button onClick={() => void run(() => resumeJourneyAction(workspace, of))} isBusy={isBusy}>
            {t("end_pause")}
          </Button>
        ) : null}
        {isEnded || journey.status === "on_hold" ? null : (
          <form action={move} className="grid gap-3">
            <Field label={t("to_stage")}>
              {(control) => (
                <Select
                  {...control}
                  value={target}
                  onChange={(event) => setTarget(event.target.value)}
                  options={hub.stages.map(({ id, name }) => ({
                    value: id,
                    label: name,
                    isDisabled: id === journey.stageId,
                  }))}
                />
              )}
            </Field>
            {here?.entryStatus === "pre_lead" && !journey.need ? (
              <Field label={t("need")}>{(control) => <Input {...control} name="need" />}</Field>
            ) : null}
            {isBack
              ? null
              : here?.requiredFields.map((key) => (
                  <Field
                    key={key}
                    label={fieldLabel(key)}
                    isRequired
                    error={error?.fields?.[`fields.${key}`] ? t("needed") : undefined}
                  >
                    {(control) => (
                      <Input {...control} name={`field:${key}`} defaultValue={String(journey.fields[key] ?? "")} />
                    )}
                  </Field>
                ))}
            {isBack ? (
              <Field label={t("reason")}>{(control) => <Input {...control} name="reason" required />}</Field>
            ) : null}
            <Button kind="primary" type="submit" isBusy={isBusy} disabled={!target}>
              {t("move")}
            </Button>
          </form>
        )}
        {isEnded ? null : <OtherEnds hub={hub} isBusy={isBusy} run={run} workspace={workspace} />}
        {journey.status === "lost" ? (
          <form
            className="grid gap-3"
            action={(form) =>
              run(() => reopenJourneyAction(workspace, { ...of, reason: String(form.get("reason") ?? "") }))
            }
          >
            <Field label={t("reason")}>{(control) => <Input {...control} name="reason" required />}</Field>
            <Button type="submit" isBusy={isBusy}>
              {t("reopen")}
            </Button>
          </form>
        ) : null}
      </div>
    </Dialog>
  );
}

type EndsProps = { workspace: string; hub: Hub; isBusy: boolean; run: (work: () => Promise<Answer>) => Promise<void> };

function OtherEnds({ workspace, hub, isBusy, run }: EndsProps) {
  const t = useTranslations("hub");
  const { journey } = hub;
  const of = { customerId: hub.customer.id, journeyId: journey.id, version: journey.version };
  const isLast = hub.stages.at(-1)?.id === journey.stageId;
  return (
    <>
      {journey.status === "won" && isLast ? (
        <Button isBusy={isBusy} onClick={() => void run(() => completeJourneyAction(workspace, of))}>
          {t("complete")}
        </Button>
      ) : null}
      {journey.status === "on_hold" ? null : (
        <form
          className="flex items-end gap-2 border-hairline border-t pt-4"
          action={(form) =>
            run(() =>
              holdJourneyAction(workspace, {
                ...of,
                until: new Date(`${String(form.get("until"))}T09:00`).toISOString(),
              }),
            )
          }
        >
          <div className="flex-1">
            <Field label={t("pause_until")}>
              {(control) => <Input {...control} type="date" name="until" required />}
            </Field>
          </div>
          <Button type="submit" isBusy={isBusy}>
            {t("pause")}
          </Button>
        </form>
      )}
      <form
        className="flex items-end gap-2 border-hairline border-t pt-4"
        action={(form) =>
          run(() =>
            loseJourneyAction(workspace, {
              ...of,
              lostReason: String(form.get("why")) as (typeof lostReasons)[number],
              byCustomer: true,
            }),
          )
        }
      >
        <div className="flex-1">
          <Field label={t("lost_because")}>
            {(control) => (
              <Select
                {...control}
                name="why"
                options={lostReasons.map((value) => ({
                  value,
                  label: t(`lost_reasons.${value.replaceAll(/[^a-z]+/g, "_")}`),
                }))}
              />
            )}
          </Field>
        </div>
        <Button kind="danger" type="submit" isBusy={isBusy}>
          {t("lose")}
        </Button>
      </form>
    </>
  );
}
