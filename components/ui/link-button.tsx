import type { VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonStyle } from "./button";
import { cn } from "./cn";

type Props = ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>;

/** A link that looks like a button, because it goes somewhere. */
export function LinkButton({ kind, size, className, ...rest }: Props) {
  return <Link className={cn(buttonStyle({ kind, size }), className)} data-kind={kind ?? "plain"} {...rest} />;
}
