"use client";

import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";

const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** A number, or nothing. */
export function NumberInput({
  value,
  onNumber,
  ...rest
}: { value: number | null; onNumber: (value: number | null) => void } & Omit<ComponentProps<"input">, "value">) {
  return (
    <Input
      {...rest}
      type="number"
      inputMode="decimal"
      min={0}
      value={value ?? ""}
      onChange={(event) => onNumber(numberOf(event.target.value))}
      className="num w-28"
    />
  );
}
