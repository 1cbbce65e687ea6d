"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type FilterGroup, mostConditions } from "@/lib/customers/filter-tree";
import type { ListFrame } from "@/lib/customers/list-schema";
import { useFilterChoices } from "./filter-choices";
import { draftOf, treeOf } from "./filter-draft";
import { FilterGroupEditor } from "./filter-group-editor";

type Props = {
  workspace: string;
  tree: FilterGroup | null;
  frame: ListFrame | undefined;
  onApply: (tree: FilterGroup | null) => void;
  onClose: () => void;
};

/** Where conditions are written: groups in groups, each turned round if one likes. The list follows when one applies them. */
export function FilterEditor({ workspace, tree, frame, onApply, onClose }: Props) {
  const t = useTranslations("filter");
  const common = useTranslations("common");
  const [draft, setDraft] = useState(() => draftOf(tree));
  const choicesOf = useFilterChoices(workspace, frame);
  const apply = () => {
    onApply(treeOf(draft));
    onClose();
  };
  return (
    <form
      aria-label={t("title")}
      action={apply}
      onKeyDown={(event) => (event.key === "Escape" && !event.defaultPrevented ? onClose() : undefined)}
      className="grid gap-3 border-hairline border-t bg-sunk px-4 py-3 md:px-7"
    >
      <FilterGroupEditor group={draft} depth={1} choicesOf={choicesOf} onChange={setDraft} />
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary" type="submit">
          {t("apply")}
        </Button>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <p className="text-12 text-ink-3">{t("hint", { count: mostConditions })}</p>
      </div>
    </form>
  );
}
