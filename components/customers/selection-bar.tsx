"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { countOf } from "./selection";
import type { SelectionControl } from "./use-selection";

type Props = {
  control: SelectionControl;
  /** How many the filter finds; null when nobody counted them. */
  total: number | null;
  /** Whether the filter finds more than what is on the screen. */
  hasMore: boolean;
  shown: number;
  children: ReactNode;
};

/** What can be done with those who are chosen; it stays in sight while one scrolls. Escape lets go of them. */
export function SelectionBar({ control, total, hasMore, shown, children }: Props) {
  const t = useTranslations("customers.selection");
  const number = new Intl.NumberFormat(useLocale());
  const count = countOf(control.selection, total);
  useShortcuts([{ keys: "Escape", label: t("clear"), run: control.clear }]);
  const isWhole = control.selection.mode === "all";
  const words =
    count === null
      ? t("everybody", { count: control.selection.mode === "all" ? control.selection.except.length : 0 })
      : t("count", { count, shown: number.format(count) });
  return (
    <section
      aria-label={t("title")}
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 border-hairline border-y bg-float px-4 py-2 shadow-float max-md:bottom-14 md:px-7"
    >
      <p role="status" className="num font-550 text-13">
        {words}
      </p>
      {!isWhole && hasMore && control.selection.mode === "some" && control.selection.ids.length >= shown ? (
        <Button kind="text" onClick={control.selectEverybody}>
          {total === null ? t("all") : t("all_counted", { count: total, shown: number.format(total) })}
        </Button>
      ) : null}
      <div className="ms-auto flex flex-wrap items-center gap-2">
        {children}
        <Button kind="text" onClick={control.clear}>
          {t("clear")}
        </Button>
      </div>
    </section>
  );
}
