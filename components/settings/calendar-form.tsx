"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { changeCalendarAction, createCalendarAction } from "@/lib/workspaces/actions";
import type { CalendarView } from "@/lib/workspaces/schema";

type Props = { workspace: string; timeZone: string; calendar?: CalendarView };

const weekdays = ["0", "1", "2", "3", "4", "5", "6"] as const;
const standard: [number, number] = [540, 1080];

const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const minutesOf = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
};

/** The opening hours of a form; a day that closes at midnight closes at its end. */
function hoursIn(form: FormData, before: CalendarView["hours"]): Record<string, [number, number][]> {
  const open = weekdays.filter((day) => form.has(`open-${day}`));
  return Object.fromEntries(
    open.map((day) => {
      const from = minutesOf(String(form.get(`from-${day}`)));
      const to = minutesOf(String(form.get(`to-${day}`))) || 1440;
      return [day, [[from, to], ...(before[day] ?? []).slice(1)]];
    }),
  );
}

const daysIn = (form: FormData) =>
  String(form.get("holidays") ?? "")
    .split(/[\s,;]+/)
    .filter(Boolean);

/** Office hours: when each weekday opens and closes, and the days on which nobody works. */
export function CalendarForm({ workspace, timeZone, calendar }: Props) {
  const t = useTranslations("settings.calendars");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const router = useRouter();
  const hours = calendar?.hours ?? Object.fromEntries(["1", "2", "3", "4", "5"].map((day) => [day, [standard]]));
  const { formProps, isBusy, error } = useSubmit(
    async (form) => {
      const input = {
        name: String(form.get("name")),
        timeZone: String(form.get("timeZone")).trim(),
        hours: hoursIn(form, calendar?.hours ?? {}),
        holidays: daysIn(form),
      };
      const result = calendar
        ? await changeCalendarAction(workspace, { ...input, calendarId: calendar.id, version: calendar.version })
        : await createCalendarAction(workspace, input);
      return result.ok ? { ok: true as const, data: null } : result;
    },
    (_data, form) => {
      void say(common("saved"));
      if (!calendar) form?.reset();
      router.refresh();
    },
  );
  const wrong = (part: "hours" | "holidays" | "timeZone") =>
    Object.keys(error?.fields ?? {}).some((key) => key.startsWith(part)) ? t(`errors.${part}`) : undefined;
  return (
    <form {...formProps} className="grid max-w-2xl gap-4 py-2" key={calendar?.version}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("name")}>
          {(control) => <Input {...control} name="name" defaultValue={calendar?.name} required maxLength={120} />}
        </Field>
        <Field label={t("time_zone")} error={wrong("timeZone")}>
          {(control) => (
            <Input {...control} name="timeZone" defaultValue={calendar?.timeZone ?? timeZone} required dir="ltr" />
          )}
        </Field>
      </div>
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("hours")}</legend>
        {weekdays.map((day) => {
          const name = t(`days.${day}`);
          const [from, to] = hours[day]?.[0] ?? standard;
          return (
            <div key={day} className="grid grid-cols-[8rem_1fr_1fr] items-center gap-2">
              <Checkbox
                name={`open-${day}`}
                label={name}
                aria-label={t("open_on", { day: name })}
                defaultChecked={(hours[day]?.length ?? 0) > 0}
              />
              <Input
                type="time"
                name={`from-${day}`}
                aria-label={`${name}: ${t("opens")}`}
                defaultValue={clockOf(from)}
              />
              <Input type="time" name={`to-${day}`} aria-label={`${name}: ${t("closes")}`} defaultValue={clockOf(to)} />
            </div>
          );
        })}
        <Problem text={wrong("hours")} />
      </fieldset>
      <Field label={t("holidays")} hint={t("holidays_hint")} error={wrong("holidays")}>
        {(control) => (
          <Textarea {...control} name="holidays" rows={3} dir="ltr" defaultValue={calendar?.holidays.join("\n")} />
        )}
      </Field>
      <Problem text={error && !error.fields ? errorWords(error) : null} />
      <div>
        <Button type="submit" kind={calendar ? "plain" : "primary"} isBusy={isBusy}>
          {calendar ? common("save") : t("create")}
        </Button>
      </div>
    </form>
  );
}
