"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { apart } from "@/components/ui/apart";
import { Clock } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { SmallWheel } from "@/components/ui/small-wheel";
import { agoWords, clockWords, ratioOf } from "@/components/ui/time-words";
import type { CustomerRow as Row } from "@/lib/customers/list-schema";
import { paths } from "@/lib/paths";
import { cellKey } from "./cells";
import { EditableCell } from "./editable-cell";
import type { Cells } from "./use-cells";

type Props = {
  workspace: string;
  row: Row;
  spokeName: string;
  now: number;
  /** Whether the keyboard stands here. */
  isCurrent: boolean;
  /** Null when there is nothing to choose for. */
  isChosen: boolean | null;
  onChoose: (isRange: boolean) => void;
  /** Null when this member only reads. */
  cells: Cells | null;
  onFocus: () => void;
};

const cell = "border-hairline border-t py-1.5 align-middle";

/** Which clock a row shows: an inbound that waits before what is expected next. */
function clockOf(row: Row): { startedAt: string; dueAt: string } | null {
  if (row.unansweredSince && row.unansweredDueAt) return { startedAt: row.unansweredSince, dueAt: row.unansweredDueAt };
  if (row.nextStartedAt && row.nextDueAt) return { startedAt: row.nextStartedAt, dueAt: row.nextDueAt };
  return null;
}

/** One customer of the list: where she stands, who has the baton, what comes next and when. */
export function CustomerRow({ workspace, row, spokeName, now, isCurrent, isChosen, onChoose, cells, onFocus }: Props) {
  const t = useTranslations("customers");
  const common = useTranslations("common");
  const clock = clockOf(row);
  const isOpen = !["lost", "completed"].includes(row.status);
  const status = row.status === "active" ? null : t(`status.${row.status}`);
  const next = row.unansweredSince ? t("unanswered") : (row.nextName ?? (isOpen ? t("nothing_next") : ""));
  return (
    <tr
      data-selected={isCurrent || isChosen || undefined}
      className="h-row group relative hover:bg-hover data-selected:bg-selected"
    >
      {isChosen === null ? null : (
        <td className={cn(cell, "ps-4 md:ps-7", isCurrent && "border-s-3 border-s-accent")}>
          <label className="relative z-10 -m-2 inline-grid place-items-center p-2 align-middle">
            <input
              type="checkbox"
              aria-label={t("selection.row", { name: row.name })}
              className="size-4 accent-accent"
              checked={isChosen}
              onFocus={onFocus}
              onChange={(event) => onChoose((event.nativeEvent as MouseEvent).shiftKey === true)}
            />
          </label>
        </td>
      )}
      <td
        className={cn(
          cell,
          isChosen === null && "ps-4 md:ps-7",
          isChosen === null && isCurrent && "border-s-3 border-s-accent",
        )}
      >
        <SmallWheel {...row.wheel} />
      </td>
      <td className={cn(cell, "max-w-0 pe-3")}>
        <EditableCell row={row} field="name" cells={cells} onFocus={onFocus}>
          {(name, isSaving) => (
            <Link
              href={paths.customer(workspace, row.id)}
              prefetch={false}
              dir="auto"
              data-cell={cellKey(row.id, "name")}
              aria-busy={isSaving || undefined}
              aria-keyshortcuts={cells ? "F2" : undefined}
              onFocus={onFocus}
              className="block min-w-0 flex-1 truncate font-550 after:absolute after:inset-0"
            >
              {name}
            </Link>
          )}
        </EditableCell>
        <span className="block truncate text-12 text-ink-3 md:hidden">
          {[row.place, row.stageName, spokeName].flatMap((part) => (part ? [apart(part)] : [])).join(" · ")}
        </span>
        {row.flag ? (
          <span className="block truncate text-12 text-warn">
            {t.has(`flags.${row.flag}`) ? t(`flags.${row.flag}`) : row.flag}
          </span>
        ) : null}
      </td>
      <td className={cn(cell, "hidden max-w-0 pe-3 md:table-cell")}>
        <span className="block truncate">{apart(row.stageName)}</span>
        <span className="flex min-w-0 items-baseline gap-1 text-12 text-ink-3">
          {status ? <span className="flex-none">{row.place ? `${status} ·` : status}</span> : null}
          <EditableCell row={row} field="place" cells={cells} onFocus={onFocus} className="-my-0.5" />
        </span>
      </td>
      <td className={cn(cell, "hidden max-w-0 pe-3 md:table-cell")}>
        <span dir="auto" className="block truncate">
          {row.accountableName ?? common("nobody")}
        </span>
        <span className="block truncate text-12 text-ink-3">{spokeName}</span>
      </td>
      <td className={cn(cell, "hidden max-w-0 pe-3 lg:table-cell")}>
        <span className="block truncate">{next}</span>
        <span className="block truncate text-12 text-ink-3">
          {t("osc_is")} <bdi>{row.oscName}</bdi>
        </span>
      </td>
      <td className={cn(cell, "hidden max-w-0 pe-3 xl:table-cell")}>
        <span className="flex min-w-0 items-baseline gap-1">
          <EditableCell row={row} field="origin" cells={cells} onFocus={onFocus} className="min-w-8" />
          <EditableCell
            row={row}
            field="segment"
            cells={cells}
            onFocus={onFocus}
            className="min-w-8 text-12 text-ink-3"
          />
        </span>
      </td>
      <td className={cn(cell, "w-22 pe-3")}>
        {clock ? (
          <Clock
            ratio={ratioOf(clock.startedAt, clock.dueAt, now)}
            text={clockWords(new Date(clock.dueAt).getTime(), now, common)}
          />
        ) : null}
      </td>
      <td className={cn(cell, "num hidden w-24 whitespace-nowrap pe-7 text-end text-12 text-ink-3 md:table-cell")}>
        <time dateTime={row.lastActivityAt}>{agoWords(row.lastActivityAt, now, common)}</time>
      </td>
    </tr>
  );
}
