"use client";

import { useLocale, useTranslations } from "next-intl";
import { usePeople } from "@/components/shell/use-people";
import { listStatuses } from "@/lib/customers/filter";
import type { FilterField } from "@/lib/customers/filter-tree";
import type { ListFrame } from "@/lib/customers/list-schema";
import type { Choice } from "./filter-menu";

/** What can be chosen for a field, in the reader's language. */
export function useFilterChoices(workspace: string, frame: ListFrame | undefined): (field: FilterField) => Choice[] {
  const t = useTranslations("customers");
  const locale = useLocale();
  const people = usePeople(workspace);
  const me = { value: "me", label: t("filters.me") };
  const named = (rows: readonly { id: string; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: id, label: name, isName: true }));
  return (field) => {
    switch (field) {
      case "stage":
        return named(frame?.stages ?? []);
      case "spoke":
        return (frame?.spokes ?? []).map(({ key, name, nameHe }) => ({
          value: key,
          label: locale === "he" && nameHe ? nameHe : name,
        }));
      case "osc":
        return [me, ...named(frame?.oscs ?? [])];
      case "accountable":
        return [me, ...named(people)];
      case "status":
        return listStatuses.map((value) => ({ value, label: t(`status.${value}`) }));
      case "kind":
        return (["household", "account"] as const).map((value) => ({ value, label: t(`form.${value}`) }));
      case "locale":
        return [
          { value: "en", label: t("form.english") },
          { value: "he", label: t("form.hebrew") },
        ];
      default:
        return [];
    }
  };
}
