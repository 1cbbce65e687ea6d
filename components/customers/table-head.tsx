"use client";

import { useTranslations } from "next-intl";
import type { Row } from "./customer-table";
import type { SelectionControl } from "./use-selection";

const heads = [
  ["name", ""],
  ["stage_place", "hidden md:table-cell"],
  ["baton", "hidden md:table-cell"],
  ["next", "hidden lg:table-cell"],
  ["origin_segment", "hidden xl:table-cell"],
  ["clock", "w-22"],
  ["last_activity", "hidden w-24 md:table-cell text-end pe-7"],
] as const;

/** The names of the columns, and the box that chooses everybody shown. */
export function TableHead({ rows, selecting }: { rows: readonly Row[]; selecting: SelectionControl | null }) {
  const t = useTranslations("customers");
  const chosen = selecting ? rows.filter(({ id }) => selecting.has(id)).length : 0;
  return (
    <thead>
      <tr className="text-start text-12 text-ink-3">
        {selecting ? (
          <th scope="col" className="w-10 ps-4 text-start md:w-12 md:ps-7">
            <input
              type="checkbox"
              aria-label={t("selection.shown")}
              className="size-4 align-middle accent-accent"
              checked={chosen > 0 && chosen === rows.length}
              ref={(box) => {
                if (box) box.indeterminate = chosen > 0 && chosen < rows.length;
              }}
              onChange={(event) => selecting.toggleAll(event.target.checked)}
            />
          </th>
        ) : null}
        <th scope="col" className={`h-8 text-start ${selecting ? "w-12" : "w-14 md:w-17"}`}>
          <span className="sr-only">{t("columns.wheel")}</span>
        </th>
        {heads.map(([key, className]) => (
          <th key={key} scope="col" className={`h-8 whitespace-nowrap text-start font-medium ${className}`}>
            {t(`columns.${key}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
