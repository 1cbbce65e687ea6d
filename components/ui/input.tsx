import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlStyle =
  "w-full rounded-control border border-control bg-float px-2.5 text-13 text-ink-1 aria-invalid:border-bad disabled:bg-sunk disabled:text-ink-3 [&:is(input,textarea):read-only]:bg-sunk";

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(controlStyle, "h-control", className)} {...rest} />;
}
