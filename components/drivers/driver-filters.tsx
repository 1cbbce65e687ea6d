import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { DriversReport } from "@/lib/drivers/schema";

type Props = { action: string; report: DriversReport; nameOfType: (type: string) => string };

/** What the page is about: an ordinary form, so that every view has an address. */
export async function DriverFilters({ action, report, nameOfType }: Props) {
  const t = await getTranslations("drivers");
  const { type, types, target } = report;
  const known = types.map((each) => each.type);
  const all = type && !known.includes(type) ? [type, ...known] : known;
  const targets = [...new Set([0.7, 0.75, 0.8, 0.85, 0.9, 0.95, target])].sort((a, b) => a - b);
  return (
    <form action={action} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="filter-type" className="grid gap-1 text-12 text-ink-2">
        {t("type_label")}
        <Select
          id="filter-type"
          name="type"
          defaultValue={type ?? ""}
          placeholder={t("all_types")}
          options={all.map((value) => ({ value, label: nameOfType(value) }))}
        />
      </label>
      <label htmlFor="filter-target" className="grid gap-1 text-12 text-ink-2">
        {t("target")}
        <Select
          id="filter-target"
          name="target"
          defaultValue={String(target)}
          options={targets.map((value) => ({ value: String(value), label: `${Math.round(value * 1000) / 10} %` }))}
        />
      </label>
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("show")}
      </button>
    </form>
  );
}
