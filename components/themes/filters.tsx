import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { Select } from "@/components/ui/select";

const periods = [13, 26, 52, 0];

type Props = {
  action: string;
  type: string;
  weeks: number;
  types: readonly string[];
  nameOfType: (type: string) => string;
};

/** Which comments the page is about: an ordinary form, so that every view has an address. */
export async function ThemeFilters({ action, type, weeks, types, nameOfType }: Props) {
  const t = await getTranslations("themes");
  const all = type && !types.includes(type) ? [type, ...types] : types;
  return (
    <form action={action} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="theme-type" className="grid gap-1 text-12 text-ink-2">
        {t("type_label")}
        <Select
          id="theme-type"
          name="type"
          defaultValue={type}
          placeholder={t("all_types")}
          options={all.map((value) => ({ value, label: nameOfType(value) }))}
        />
      </label>
      <label htmlFor="theme-weeks" className="grid gap-1 text-12 text-ink-2">
        {t("period")}
        <Select
          id="theme-weeks"
          name="weeks"
          defaultValue={String(weeks)}
          options={[...new Set([...periods, weeks])].map((value) => ({
            value: String(value),
            label: value === 0 ? t("all_time") : t("last_weeks", { count: value }),
          }))}
        />
      </label>
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("show")}
      </button>
    </form>
  );
}
