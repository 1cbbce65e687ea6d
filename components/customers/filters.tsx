"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { CustomerFilter } from "@/lib/customers/filter";
import type { ListFrame } from "@/lib/customers/list-schema";
import { FilterBar } from "./filter-bar";
import { FilterChips } from "./filter-chips";

const FilterEditor = dynamic(() => import("./filter-editor").then(({ FilterEditor }) => FilterEditor), { ssr: false });

type Props = {
  workspace: string;
  filter: CustomerFilter;
  frame: ListFrame | undefined;
  onChange: (filter: CustomerFilter) => void;
};

/** What the list is narrowed by: chips for what one asks every day, conditions in groups for the rest. */
export function Filters({ workspace, filter, frame, onChange }: Props) {
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
