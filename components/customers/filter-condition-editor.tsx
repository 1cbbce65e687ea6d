"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { fieldNames } from "@/lib/customers/filter-tree";
import { blankCondition, type DraftCondition, opsOf } from "./filter-draft";
import type { Choice } from "./filter-menu";
import { FilterValue } from "./filter-value";

type Props = {
  condition: DraftCondition;
  choices: readonly Choice[];
  onChange: (condition: DraftCondition) => void;
  onRemove: () => void;
};

/** One condition: which field, which question, and what it is compared with. */
export function FilterConditionEditor({ condition, choices, onChange, onRemove }: Props) {
  const t = useTranslations("filter");
  const ops = opsOf(condition.field);
  const ask = (answer: string) => {
    const op = ops.find((each) => answer === each || answer === `${each}_not`);
    if (op) onChange({ ...condition, op, not: answer.endsWith("_not") });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label={t("field")}
        className="w-auto! max-w-full"
        value={condition.field}
        onChange={(event) => {
          const field = fieldNames.find((each) => each === event.target.value);
          if (field) onChange({ ...blankCondition(field), key: condition.key });
        }}
        options={fieldNames.map((field) => ({ value: field, label: t(`fields.${field}`) }))}
      />
      <Select
        aria-label={t("question")}
        className="w-auto! max-w-full"
        value={`${condition.op}${condition.not ? "_not" : ""}`}
        onChange={(event) => ask(event.target.value)}
        options={ops.flatMap((op) => [
          { value: op, label: t(`ops.${op}`) },
          { value: `${op}_not`, label: t(`ops.${op}_not`) },
        ])}
      />
      <FilterValue condition={condition} choices={choices} onChange={onChange} />
      <IconButton icon={X} label={t("remove_condition")} onClick={onRemove} />
    </div>
  );
}
