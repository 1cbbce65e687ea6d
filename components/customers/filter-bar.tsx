"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { type CustomerFilter, emptyFilter, isEmptyFilter, listStatuses } from "@/lib/customers/filter";
import type { ListFrame } from "@/lib/customers/list-schema";
import { FilterMenu } from "./filter-menu";
import { useDebounced } from "./use-customers";

type Props = {
  filter: CustomerFilter;
  frame: ListFrame | undefined;
  /** Whether the conditions are being written. */
  isEditing: boolean;
  onEdit: () => void;
  onChange: (filter: CustomerFilter) => void;
};

/** What the list is narrowed by, as words one can press. The search field answers while one types. */
export function FilterBar({ filter, frame, isEditing, onEdit, onChange }: Props) {
  const t = useTranslations("customers");
  const rules = useTranslations("filter");
  const locale = useLocale();
  const field = useRef<HTMLInputElement>(null);
  const search = useDebounced((q) => onChange({ ...filter, q }));
  useShortcuts([{ keys: "/", label: t("keys.search"), run: () => field.current?.focus() }]);
  const set = (key: "stage" | "spoke" | "osc" | "status" | "origin") => (chosen: string[]) =>
    onChange({ ...filter, [key]: chosen });
  const spokes = (frame?.spokes ?? []).map(({ key, name, nameHe }) => ({
    value: key,
    label: locale === "he" && nameHe ? nameHe : name,
  }));
  const oscs = [
    { value: "me", label: t("filters.me") },
    ...(frame?.oscs ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const origins = [
    ...(frame?.origins ?? []),
    ...filter.origin.filter((each) => each !== "-" && !frame?.origins.includes(each)),
  ];
  const toggles = ["offTrack", "unanswered"] as const;
  return (
    <search className="flex flex-wrap items-center gap-2 px-4 py-3 md:px-7">
      <Input
        key={filter.q === "" ? "cleared" : "search"}
        ref={field}
        type="search"
        defaultValue={filter.q}
        onChange={(event) => search(event.target.value.trim())}
        onKeyDown={(event) => (event.key === "Escape" ? field.current?.blur() : undefined)}
        placeholder={t("filters.search")}
        aria-label={t("filters.search")}
        aria-keyshortcuts="/"
        className="md:w-64"
      />
      <FilterMenu
        label={t("filters.stage")}
        choices={(frame?.stages ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        chosen={filter.stage}
        onChange={set("stage")}
      />
      <FilterMenu label={t("filters.spoke")} choices={spokes} chosen={filter.spoke} onChange={set("spoke")} />
      <FilterMenu label={t("filters.osc")} choices={oscs} chosen={filter.osc} onChange={set("osc")} />
      <FilterMenu
        label={t("filters.status")}
        choices={listStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        chosen={filter.status}
        onChange={set("status")}
      />
      <FilterMenu
        label={t("filters.origin")}
        choices={[
          ...origins.map((value) => ({ value, label: value })),
          { value: "-", label: t("filters.unknown_origin") },
        ]}
        chosen={filter.origin}
        onChange={set("origin")}
      />
      {toggles.map((key) => (
        <Button
          key={key}
          aria-pressed={filter[key]}
          className="aria-pressed:border-accent aria-pressed:text-accent-text"
          onClick={() => onChange({ ...filter, [key]: !filter[key] })}
        >
          {t(`filters.${key}`)}
        </Button>
      ))}
      <Button
        aria-expanded={isEditing}
        className="aria-expanded:border-accent aria-expanded:text-accent-text"
        onClick={onEdit}
      >
        {rules("open")}
      </Button>
      {isEmptyFilter(filter) ? null : (
        <Button kind="text" onClick={() => onChange(emptyFilter)}>
          {t("filters.clear")}
        </Button>
      )}
    </search>
  );
}
