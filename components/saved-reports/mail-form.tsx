"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useSubmit } from "@/components/ui/use-submit";
import { scheduleReportAction } from "@/lib/saved-reports/actions";
import type { ReportView, Schedule } from "@/lib/saved-reports/schema";

const days = ["0", "1", "2", "3", "4", "5", "6"] as const;

function scheduleOf(form: FormData): Schedule | null {
  const [hours = 0, minutes = 0] = String(form.get("time")).split(":").map(Number);
  const minute = hours * 60 + minutes;
  const every = form.get("every");
  if (every === "weekly") return { every, weekday: Number(form.get("weekday")), minute };
  return every === "daily" ? { every, minute } : null;
}

const timeText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

type Props = { workspace: string; report: ReportView; readers: { id: string; name: string }[]; zone: string };

/** When a report goes by mail, and to whom. */
export function MailForm({ workspace, report, readers, zone }: Props) {
  const t = useTranslations("reports");
  const words = useErrorWords();
  const router = useRouter();
  const { schedule, recipients } = report;
  const { formProps, isBusy, error } = useSubmit(
    (form) =>
      scheduleReportAction(workspace, {
        id: report.id,
        version: report.version,
        schedule: scheduleOf(form),
        recipientIds: form.getAll("recipient").map(String),
      }),
    () => router.refresh(),
  );
  const known = ["not_shared", "not_a_member"] as const;
  const reason = known.find((each) => each === error?.reason);
  const every = ["daily", "weekly"] as const;
  const to = report.isShared ? readers : readers.filter(({ id }) => id === report.ownerId);
  return (
    <form {...formProps} className="grid gap-3 pt-2">
      <div className="grid max-w-120 grid-cols-3 gap-3">
        <Field label={t("every")} error={reason ? t(`reasons.${reason}`) : error ? words(error) : undefined}>
          {(control) => (
            <Select
              {...control}
              name="every"
              placeholder={t("never")}
              defaultValue={schedule?.every ?? ""}
              options={every.map((value) => ({ value, label: t(value) }))}
            />
          )}
        </Field>
        <Field label={t("weekday")}>
          {(control) => (
            <Select
              {...control}
              name="weekday"
              defaultValue={schedule?.every === "weekly" ? String(schedule.weekday) : "1"}
              options={days.map((value) => ({ value, label: t(`weekdays.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("time")} hint={t("clock_of", { zone })}>
          {(control) => (
            <Input {...control} name="time" type="time" defaultValue={timeText(schedule?.minute ?? 480)} required />
          )}
        </Field>
      </div>
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("recipients")}</legend>
        {to.map(({ id, name }) => (
          <Checkbox
            key={id}
            name="recipient"
            value={id}
            label={name}
            defaultChecked={recipients.some((each) => each.id === id)}
          />
        ))}
        <p className="text-12 text-ink-3">{t("recipients_hint")}</p>
      </fieldset>
      <div>
        <Button type="submit" isBusy={isBusy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
