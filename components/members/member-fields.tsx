"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Role } from "@/lib/auth/roles";
import { locales } from "@/lib/i18n/locales";

export type Place = { id: string; name: string };

/** What a member can be given: the roles one may hand out, and the places of the workspace. */
export type Choices = {
  roles: readonly Role[];
  spokes: readonly Place[];
  teams: readonly Place[];
  calendars: readonly Place[];
};

const optionsOf = (places: readonly Place[]) => places.map(({ id, name }) => ({ value: id, label: name }));

type Held = { roles: readonly string[]; spokeId: string | null; teamId: string | null; languages: readonly string[] };

const nothing: Held = { roles: ["osc"], spokeId: null, teamId: null, languages: ["en"] };

/** Roles, department, team and languages: the same for a new member and for one who is there. */
export function MemberFields({ choices, held = nothing, error }: { choices: Choices; held?: Held; error?: string }) {
  const t = useTranslations("members");
  const shown = [...new Set([...choices.roles, ...held.roles])];
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("roles_label")}</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3">
          {shown.map((role) => (
            <Checkbox
              key={role}
              name="roles"
              value={role}
              label={t(`roles.${role}`)}
              defaultChecked={held.roles.includes(role)}
            />
          ))}
        </div>
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("spoke")}>
          {(control) => (
            <Select
              {...control}
              name="spokeId"
              defaultValue={held.spokeId ?? ""}
              placeholder={t("no_spoke")}
              options={optionsOf(choices.spokes)}
            />
          )}
        </Field>
        <Field label={t("team")}>
          {(control) => (
            <Select
              {...control}
              name="teamId"
              defaultValue={held.teamId ?? ""}
              placeholder={t("no_team")}
              options={optionsOf(choices.teams)}
            />
          )}
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("languages")}</legend>
        {locales.map((locale) => (
          <Checkbox
            key={locale}
            name="languages"
            value={locale}
            label={t(`lang.${locale}`)}
            defaultChecked={held.languages.includes(locale)}
          />
        ))}
      </fieldset>
    </>
  );
}
