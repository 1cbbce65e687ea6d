"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FilterGroup } from "@/lib/customers/filter-tree";
import type { ListFrame } from "@/lib/customers/list-schema";
import { useFilterChoices } from "./filter-choices";
import { useFilterWords } from "./filter-words";

type Props = {
  workspace: string;
  tree: FilterGroup;
  frame: ListFrame | undefined;
  onChange: (tree: FilterGroup | null) => void;
};

/** The conditions in words, each with its way out. */
export function FilterChips({ workspace, tree, frame, onChange }: Props) {
  const t = useTranslations("filter");
  const words = useFilterWords(useFilterChoices(workspace, frame));
  const isSplit = tree.join === "all" && !tree.not;
  const chips = isSplit ? tree.of : [tree];
  const without = (index: number) => {
    const of = isSplit ? tree.of.filter((_node, at) => at !== index) : [];
    onChange(of.length > 0 ? { ...tree, of } : null);
  };
  return (
    <ul aria-label={t("title")} className="flex flex-wrap gap-1.5 px-4 pb-3 md:px-7">
      {chips.map((node, index) => {
        const text = words(node);
        return (
          <li
            key={text}
            className="flex min-h-[24px] max-w-full items-center gap-1 rounded-control border border-accent bg-float ps-2 text-13"
          >
            <bdi className="min-w-0 break-words">{text}</bdi>
            <button
              type="button"
              aria-label={t("remove", { condition: text })}
              onClick={() => without(index)}
              className="grid size-6 flex-none place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink-1"
            >
              <X aria-hidden className="size-3.5" strokeWidth={1.5} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
