import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type WaitingChoices, type WaitingInput, waitingDays } from "@/lib/waiting/schema";

type Props = { action: string; input: WaitingInput; choices: WaitingChoices };

/** Whose waiting is looked at: an ordinary form, so that every view has an address. */
export async function WaitingFilters({ action, input, choices: { stages, origins, oscs } }: Props) {
  const t = await getTranslations("waiting");
  const fields = [
    { name: "stage", chosen: input.stage, options: stages.map(({ key, name }) => ({ value: key, label: name })) },
    {
      name: "origin",
      chosen: input.origin,
      options: origins.map((value) => ({ value, label: value === "unknown" ? t("unknown") : value })),
    },
    { name: "osc", chosen: input.osc, options: oscs.map(({ id, name }) => ({ value: id, label: name })) },
  ] as const;
  return (
    <form action={action} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="filter-days" className="grid gap-1 text-12 text-ink-2">
        {t("filter.days")}
        <Select
          id="filter-days"
          name="days"
          defaultValue={input.days}
          options={waitingDays.map((value) => ({ value, label: t("last_days", { count: Number(value) }) }))}
        />
      </label>
      {fields.map(({ name, chosen, options }) => (
        <label key={name} htmlFor={`filter-${name}`} className="grid gap-1 text-12 text-ink-2">
          {t(`filter.${name}`)}
          <Select
            id={`filter-${name}`}
            name={name}
            defaultValue={chosen ?? ""}
            placeholder={t("filter.all")}
            options={options}
          />
        </label>
      ))}
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("filter.show")}
      </button>
    </form>
  );
}
