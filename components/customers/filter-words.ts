"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type FilterCondition, type FilterField, type FilterNode, isGroup } from "@/lib/customers/filter-tree";
import type { Choice } from "./filter-menu";

/** A node of a filter as a sentence: "Last activity more than 3 days ago", "(OSC is Me or Place is empty)". */
export function useFilterWords(choicesOf: (field: FilterField) => Choice[]): (node: FilterNode) => string {
  const t = useTranslations("filter");
  const format = useFormatter();
  const lists = new Intl.ListFormat(useLocale(), { type: "disjunction" });
  const comparedWith = (condition: FilterCondition): string => {
    switch (condition.op) {
      case "empty":
        return "";
      case "in": {
        const choices = choicesOf(condition.field);
        return lists.format(
          condition.values.map((value) => choices.find((each) => each.value === value)?.label ?? t("unknown")),
        );
      }
      case "is":
      case "contains":
      case "starts":
        return condition.text;
      case "on":
        return t(`periods.${condition.period}`);
      case "before":
      case "from":
        return format.dateTime(new Date(`${condition.day}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
      default:
        return t(`spans.${condition.unit}`, { count: condition.amount });
    }
  };
  const words = (node: FilterNode): string => {
    if (!isGroup(node)) {
      const key = `sentences.${node.op}${node.not ? "_not" : ""}`;
      return t(key, { field: t(`fields.${node.field}`), value: comparedWith(node) });
    }
    const inside = node.of.map(words).join(` ${t(node.join === "all" ? "and" : "or")} `);
    return node.not ? t("not_group", { inside }) : t("group", { inside });
  };
  return words;
}
