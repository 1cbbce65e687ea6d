import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyle } from "./input";

/** Several lines of text; its height follows what is written. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(controlStyle, "field-sizing-content min-h-16 resize-y py-1.5 leading-5", className)}
      dir="auto"
      {...rest}
    />
  );
}
