import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The look of every field; it lives under the utilities, so that a width or a height beside it wins. */
export const controlStyle = "control";

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(controlStyle, "control-line", className)} {...rest} />;
}
