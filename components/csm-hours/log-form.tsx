"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { logCsmHoursAction } from "@/lib/csm-hours/actions";
import { newId } from "@/lib/identifiers";

type Props = { workspace: string; journeyId: string; handoffId: string; today: string };

/** Logs time of customer success on a handoff: how long, on which day, for what, and whether before the sale. */
export function LogForm({ workspace, journeyId, handoffId, today }: Props) {
  const t = useTranslations("hours");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [hours, setHours] = useState("");
  const [spentOn, setDay] = useState(today);
  const [phase, setPhase] = useState("");
  const [note, setNote] = useState("");
  const id = useRef(newId());
  const minutes = Math.round(Number(hours) * 60);
  const log = async () => {
    const presale = phase === "" ? undefined : phase === "before";
    const input = { id: id.current, journeyId, handoffId, minutes, spentOn, presale, note };
    if (!(await run(() => logCsmHoursAction(workspace, input)))) return;
    id.current = newId();
    setHours("");
    setNote("");
    router.refresh();
  };
  return (
    <div className="no-print flex flex-wrap items-end gap-2" aria-busy={isBusy}>
      <Field label={t("spent")} error={error ?? undefined} isRequired>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={0.25}
            max={24}
            step={0.25}
            dir="ltr"
            className="w-24"
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("day")} isRequired>
        {(control) => (
          <Input
            {...control}
            type="date"
            max={today}
            dir="ltr"
            value={spentOn}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("when")}>
        {(control) => (
          <Select
            {...control}
            value={phase}
            placeholder={t("by_journey")}
            options={[
              { value: "before", label: t("before") },
              { value: "after", label: t("after") },
            ]}
            onChange={(event) => setPhase(event.target.value)}
          />
        )}
      </Field>
      <div className="min-w-40 flex-1">
        <Field label={t("note")}>
          {(control) => (
            <Input {...control} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
      </div>
      <Button isBusy={isBusy} disabled={!(minutes >= 1 && minutes <= 1_440) || spentOn === ""} onClick={log}>
        {t("log")}
      </Button>
    </div>
  );
}
