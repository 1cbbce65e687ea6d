"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

export type MenuItem = { label: ReactNode; onSelect: () => void; isDisabled?: boolean; isCurrent?: boolean };

/** A list of choices behind a button, by keyboard as well as by hand. */
export function Menu({ trigger, items, label }: { trigger: ReactElement; items: readonly MenuItem[]; label: string }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="min-w-44 rounded-sheet border border-hairline bg-float py-1 shadow-float">
            {items.map((item, index) => (
              <Base.Item
                key={typeof item.label === "string" ? item.label : `item-${index + 1}`}
                onClick={item.onSelect}
                disabled={item.isDisabled}
                className="flex min-h-8 cursor-pointer items-center gap-2 px-3 text-13 data-disabled:cursor-not-allowed data-highlighted:bg-selected data-disabled:text-ink-3"
              >
                {item.label}
                {item.isCurrent ? <span className="ms-auto text-12 text-ink-3">●</span> : null}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
