import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

export const buttonStyle = cva(
  "group/button inline-flex h-control items-center justify-center gap-2 whitespace-nowrap rounded-control border px-3 font-medium text-13 transition-colors duration-(--t-press) disabled:cursor-not-allowed disabled:border-dashed disabled:text-ink-3 aria-busy:cursor-progress",
  {
    variants: {
      kind: {
        primary:
          "border-accent bg-accent text-on-accent hover:bg-accent-hover disabled:border-hairline-strong disabled:bg-sunk",
        plain: "border-hairline-strong bg-float text-ink-1 hover:bg-hover",
        text: "border-transparent bg-transparent px-1.5 text-accent-text hover:underline",
        danger: "border-hairline-strong bg-float text-bad hover:bg-bad-quiet",
      },
      size: { control: "", touch: "min-h-11 text-14" },
    },
    defaultVariants: { kind: "plain", size: "control" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { shortcut?: string; isBusy?: boolean };

/** A button: one primary per view, the others plain or text. Busy keeps its words and its place. */
export function Button({
  kind,
  size,
  shortcut,
  isBusy,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: Props) {
  return (
    <button
      type={type}
      className={cn(buttonStyle({ kind, size }), className)}
      data-kind={kind ?? "plain"}
      aria-busy={isBusy || undefined}
      aria-keyshortcuts={shortcut}
      disabled={disabled || isBusy}
      {...rest}
    >
      {children}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </button>
  );
}
