"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { locales } from "@/lib/i18n/locales";
import { changeWorkspaceAction } from "@/lib/workspaces/actions";
import type { SettingsView } from "@/lib/workspaces/schema";

type Choice = { id: string; name: string };
type Props = { workspace: string; settings: SettingsView; people: readonly Choice[]; calendars: readonly Choice[] };

const optionsOf = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));
const localeIn = (form: FormData) => locales.find((each) => each === form.get("locale"));

const texts = ["name", "timeZone", "currency", "region", "hubLabel"] as const;
const words = {
  name: "name",
  timeZone: "time_zone",
  currency: "currency",
  region: "region",
  hubLabel: "hub_label",
  firstResponseMinutes: "first_response",
  relayMinutes: "relay",
} as const;

/** The workspace's own settings, saved together under one version. */
export function WorkspaceForm({ workspace, settings, people, calendars }: Props) {
  const t = useTranslations("settings.workspace");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const text = (key: string) => String(form.get(key) ?? "").trim();
      const locale = localeIn(form);
      return changeWorkspaceAction(workspace, {
        version: settings.version,
        name: text("name"),
        timeZone: text("timeZone"),
        currency: text("currency").toUpperCase(),
        region: text("region").toUpperCase(),
        hubLabel: text("hubLabel"),
        coverageLeadId: text("coverageLeadId"),
        calendarId: text("calendarId"),
        firstResponseMinutes: Number(text("firstResponseMinutes")),
        relayMinutes: Number(text("relayMinutes")),
        ...(locale ? { locale } : {}),
      });
    },
    () => {
      void say(common("saved"));
      router.refresh();
    },
  );
  const wrong = (key: string) => (error?.fields?.[key] ? common("errors.invalid") : undefined);
  const hint = (key: string) => (t.has(`${key}_hint`) ? t(`${key}_hint`) : undefined);
  return (
    <form {...formProps} className="grid max-w-2xl gap-4 py-4" key={settings.version}>
      <div className="grid gap-4 sm:grid-cols-2">
        {texts.map((key) => (
          <Field key={key} label={t(words[key])} hint={hint(words[key])} error={wrong(key)}>
            {(control) => (
              <Input
                {...control}
                name={key}
                defaultValue={settings[key]}
                required
                dir={key === "name" ? "auto" : undefined}
              />
            )}
          </Field>
        ))}
        <Field label={t("locale")}>
          {(control) => (
            <Select
              {...control}
              name="locale"
              defaultValue={settings.locale}
              options={locales.map((value) => ({ value, label: t(`locales.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("calendar")}>
          {(control) => (
            <Select
              {...control}
              name="calendarId"
              defaultValue={settings.calendarId ?? ""}
              options={optionsOf(calendars)}
            />
          )}
        </Field>
        <Field label={t("coverage")} hint={t("coverage_hint")} error={wrong("coverageLeadId")}>
          {(control) => (
            <Select
              {...control}
              name="coverageLeadId"
              defaultValue={settings.coverageLeadId ?? ""}
              options={optionsOf(people)}
            />
          )}
        </Field>
        {(["firstResponseMinutes", "relayMinutes"] as const).map((key) => (
          <Field key={key} label={t(words[key])} hint={hint(words[key])} error={wrong(key)}>
            {(control) => <Input {...control} name={key} type="number" min={1} defaultValue={settings[key]} required />}
          </Field>
        ))}
      </div>
      <Problem text={error && !error.fields ? errorWords(error) : null} />
      <div>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
