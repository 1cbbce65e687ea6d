import { getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type BoardInput, dimensions, periods } from "@/lib/consistency/schema";
import { typeNames } from "./type-names";

type Props = { action: string; input: BoardInput; target: number; types: readonly string[] };

/** What the board is about: an ordinary form, so that every view has an address. */
export async function Filters({ action, input, target, types }: Props) {
  const t = await getTranslations("experience");
  const nameOf = await typeNames();
  const all = input.type && !types.includes(input.type) ? [input.type, ...types] : types;
  return (
    <form action={action} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="filter-by" className="grid gap-1 text-12 text-ink-2">
        {t("compare")}
        <Select
          id="filter-by"
          name="by"
          defaultValue={input.by}
          options={dimensions.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
      </label>
      <label htmlFor="filter-type" className="grid gap-1 text-12 text-ink-2">
        {t("type_label")}
        <Select
          id="filter-type"
          name="type"
          defaultValue={input.type ?? ""}
          placeholder={t("all_types")}
          options={all.map((value) => ({ value, label: nameOf(value) }))}
        />
      </label>
      <label htmlFor="filter-weeks" className="grid gap-1 text-12 text-ink-2">
        {t("period")}
        <Select
          id="filter-weeks"
          name="weeks"
          defaultValue={String(input.weeks)}
          options={[...new Set([...periods, input.weeks])].map((value) => ({
            value: String(value),
            label: value === 0 ? t("all_time") : t("last_weeks", { count: value }),
          }))}
        />
      </label>
      <label htmlFor="filter-target" className="grid gap-1 text-12 text-ink-2">
        {t("target")}
        <Select
          id="filter-target"
          name="target"
          defaultValue={String(target)}
          options={[...new Set([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, target])]
            .sort((a, b) => a - b)
            .map((value) => ({ value: String(value), label: `${Math.round(value * 1000) / 10} %` }))}
        />
      </label>
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("show")}
      </button>
    </form>
  );
}
