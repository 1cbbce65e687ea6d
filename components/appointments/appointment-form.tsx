"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { usePeople } from "@/components/shell/use-people";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { ofWallText, tomorrowText } from "@/components/ui/wall-time";
import { rescheduleAppointmentAction, setAppointmentAction } from "@/lib/appointments/actions";
import { newId } from "@/lib/identifiers";

export type Standing = { id: string; version: number; hostId: string; place: string | null; timeZone: string };

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  /** The customer's zone: the time is hers. */
  zone: string;
  /** The appointment to move; a new one without it. */
  standing?: Standing;
  onClose: () => void;
  onDone: () => void;
};

/** Sets an appointment, or moves one: with whom, when in the customer's own time, where. */
export function AppointmentForm({ workspace, customerId, journeyId, zone: given, standing, onClose, onDone }: Props) {
  const t = useTranslations("appointments");
  const people = usePeople(workspace);
  const { isBusy, error, fields, run } = useWrite();
  const zone = standing?.timeZone ?? given;
  const [hostId, setHost] = useState(standing?.hostId ?? "");
  const [start, setStart] = useState(() => tomorrowText(zone));
  const [place, setPlace] = useState(standing?.place ?? "");
  const [isNext, setNext] = useState(true);
  const id = useRef(newId());

  const save = async () => {
    const at = { startAt: ofWallText(start, zone) ?? "", timeZone: zone, place: place || null, hostId };
    const isDone = await run(() =>
      standing
        ? rescheduleAppointmentAction(workspace, { id: standing.id, version: standing.version, ...at })
        : setAppointmentAction(workspace, { id: id.current, customerId, journeyId, asNext: isNext, ...at }),
    );
    if (!isDone) return;
    void say(t(standing ? "moved" : "was_set"));
    onDone();
    onClose();
  };

  return (
    <Dialog isOpen onClose={onClose} title={t(standing ? "move" : "set")} description={t("set_hint")}>
      <form action={save} className="grid gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("host")} isRequired>
            {(control) => (
              <Select
                {...control}
                autoFocus
                required
                value={hostId}
                onChange={(event) => setHost(event.target.value)}
                placeholder={t("choose_host")}
                options={people.map((person) => ({ value: person.id, label: person.name }))}
              />
            )}
          </Field>
          <Field label={t("start")} hint={zone} error={fields.startAt ? t("start_wrong") : undefined} isRequired>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                required
                value={start}
                onChange={(event) => setStart(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label={t("place")}>
          {(control) => (
            <Input
              {...control}
              maxLength={300}
              dir="auto"
              value={place}
              onChange={(event) => setPlace(event.target.value)}
            />
          )}
        </Field>
        {standing ? null : (
          <Checkbox label={t("as_next")} checked={isNext} onChange={(event) => setNext(event.target.checked)} />
        )}
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {t(standing ? "move" : "set")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
