"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { deepest, type FilterField } from "@/lib/customers/filter-tree";
import { FilterConditionEditor } from "./filter-condition-editor";
import { blankCondition, blankGroup, type DraftGroup, type DraftNode, isDraftGroup } from "./filter-draft";
import type { Choice } from "./filter-menu";

type Props = {
  group: DraftGroup;
  /** 1 for the outermost. */
  depth: number;
  choicesOf: (field: FilterField) => Choice[];
  onChange: (group: DraftGroup) => void;
  onRemove?: () => void;
};

/** Conditions that all hold, or any of them. */
export function FilterGroupEditor({ group, depth, choicesOf, onChange, onRemove }: Props) {
  const t = useTranslations("filter");
  const replace = (key: number, node: DraftNode | null) =>
    onChange({ ...group, of: group.of.flatMap((each) => (each.key !== key ? [each] : node ? [node] : [])) });
  const add = (node: DraftNode) => onChange({ ...group, of: [...group.of, node] });
  return (
    <fieldset className={depth === 1 ? "grid gap-2" : "grid gap-2 border-accent border-s-2 ps-3"}>
      <legend className="sr-only">{t("level", { depth })}</legend>
      <div className="flex flex-wrap items-center gap-2 text-13">
        <Select
          aria-label={t("join")}
          className="w-auto!"
          value={group.join}
          onChange={(event) => onChange({ ...group, join: event.target.value === "any" ? "any" : "all" })}
          options={[
            { value: "all", label: t("all_of") },
            { value: "any", label: t("any_of") },
          ]}
        />
        <Checkbox
          label={t("negate")}
          checked={group.not}
          onChange={(event) => onChange({ ...group, not: event.target.checked })}
        />
        {onRemove ? (
          <Button kind="text" className="ms-auto" onClick={onRemove}>
            {t("remove_group")}
          </Button>
        ) : null}
      </div>
      {group.of.map((node) =>
        isDraftGroup(node) ? (
          <FilterGroupEditor
            key={node.key}
            group={node}
            depth={depth + 1}
            choicesOf={choicesOf}
            onChange={(next) => replace(node.key, next)}
            onRemove={() => replace(node.key, null)}
          />
        ) : (
          <FilterConditionEditor
            key={node.key}
            condition={node}
            choices={choicesOf(node.field)}
            onChange={(next) => replace(node.key, next)}
            onRemove={() => replace(node.key, null)}
          />
        ),
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="text" onClick={() => add(blankCondition())}>
          {t("add")}
        </Button>
        {depth < deepest ? (
          <Button kind="text" onClick={() => add(blankGroup())}>
            {t("add_group")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
