"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { late } from "@/components/ui/late";
import type { CustomerFilter } from "@/lib/customers/filter";
import type { ListFrame } from "@/lib/customers/list-schema";
import { FilterBar } from "./filter-bar";
import { FilterChips } from "./filter-chips";

const FilterEditor = late(() => import("./filter-editor").then(({ FilterEditor }) => FilterEditor));

type Props = {
  workspace: string;
  filter: CustomerFilter;
  frame: ListFrame | undefined;
  /** Whether the address asked for more than could be read. */
  isPartly: boolean;
  onChange: (filter: CustomerFilter) => void;
};

/** What the list is narrowed by: chips for what one asks every day, conditions in groups for the rest. */
export function Filters({ workspace, filter, frame, isPartly, onChange }: Props) {
  const t = useTranslations("filter");
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <FilterBar
        filter={filter}
        frame={frame}
        isEditing={isEditing}
        onEdit={() => setEditing(!isEditing)}
        onChange={onChange}
      />
      {isPartly ? (
        <p role="status" className="px-4 pb-3 text-13 text-warn md:px-7">
          {t("partly")}
        </p>
      ) : null}
      {filter.tree ? (
        <FilterChips
          workspace={workspace}
          tree={filter.tree}
          frame={frame}
          onChange={(tree) => onChange({ ...filter, tree })}
        />
      ) : null}
      {isEditing ? (
        <FilterEditor
          workspace={workspace}
          tree={filter.tree}
          frame={frame}
          onApply={(tree) => onChange({ ...filter, tree })}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </>
  );
}
