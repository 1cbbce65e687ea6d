"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { momentUnits, periods } from "@/lib/customers/filter-tree";
import type { DraftCondition } from "./filter-draft";
import { type Choice, FilterMenu } from "./filter-menu";

type Props = {
  condition: DraftCondition;
  choices: readonly Choice[];
  onChange: (condition: DraftCondition) => void;
};

/** What a condition's field is compared with: people or stages, words, a length of time, a day. */
export function FilterValue({ condition, choices, onChange }: Props) {
  const t = useTranslations("filter");
  const { op } = condition;
  if (op === "empty") return null;
  if (op === "in") {
    return (
      <FilterMenu
        label={t("choose")}
        choices={choices}
        chosen={condition.values}
        onChange={(values) => onChange({ ...condition, values })}
      />
    );
  }
  if (op === "is" || op === "contains" || op === "starts") {
    return (
      <Input
        aria-label={t("text")}
        className="w-44!"
        maxLength={200}
        dir="auto"
        value={condition.text}
        onChange={(event) => onChange({ ...condition, text: event.target.value })}
      />
    );
  }
  if (op === "on") {
    return (
      <Select
        aria-label={t("period")}
        className="w-auto!"
        value={condition.period}
        onChange={(event) =>
          onChange({ ...condition, period: periods.find((each) => each === event.target.value) ?? "today" })
        }
        options={periods.map((period) => ({ value: period, label: t(`periods.${period}`) }))}
      />
    );
  }
  if (op === "before" || op === "from") {
    return (
      <Input
        type="date"
        aria-label={t("day")}
        className="w-auto!"
        value={condition.day}
        onChange={(event) => onChange({ ...condition, day: event.target.value })}
      />
    );
  }
  return (
    <>
      <Input
        type="number"
        min={0}
        max={1000}
        aria-label={t("amount")}
        className="w-20!"
        value={condition.amount}
        onChange={(event) => onChange({ ...condition, amount: Math.trunc(event.target.valueAsNumber || 0) })}
      />
      <Select
        aria-label={t("unit")}
        className="w-auto!"
        value={condition.unit}
        onChange={(event) =>
          onChange({ ...condition, unit: momentUnits.find((each) => each === event.target.value) ?? "days" })
        }
        options={momentUnits.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
      />
    </>
  );
}
