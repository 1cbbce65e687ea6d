"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

export type Choice = { value: string; label: string; isName?: boolean };

type Props = {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** A chip that opens a list of which several may hold; it says what holds. */
export function FilterMenu({ label, choices, chosen, onChange }: Props) {
  const words = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <Base.Root>
      <Base.Trigger
        className={cn(buttonStyle({ kind: "plain" }), "data-active:border-accent")}
        data-active={words.length > 0 || undefined}
      >
        {label}
        {words.length > 0 ? <bdi className="max-w-40 truncate text-accent-text">{words.join(", ")}</bdi> : null}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="max-h-[60vh] min-w-44 overflow-y-auto rounded-sheet border border-hairline bg-float py-1 shadow-float">
            {choices.map((choice) => (
              <Base.CheckboxItem
                key={choice.value}
                checked={chosen.includes(choice.value)}
                onCheckedChange={() => toggle(choice.value)}
                closeOnClick={false}
                className="flex min-h-8 cursor-pointer items-center gap-2 px-3 text-13 data-highlighted:bg-selected"
              >
                <span className="grid size-4 place-items-center">
                  <Base.CheckboxItemIndicator>
                    <Check aria-hidden className="size-4" strokeWidth={1.5} />
                  </Base.CheckboxItemIndicator>
                </span>
                <bdi>{choice.label}</bdi>
              </Base.CheckboxItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
