import type { ReactNode } from "react";
import { cn } from "./cn";

/** Who has no mouse scrolls by arrow keys, which needs focus (WCAG 2.1.1). */
const focusable = { tabIndex: 0 };

/** A named region that scrolls when what it holds is larger than its place. */
export function ScrollRegion({
  label,
  className,
  isLeftToRight = false,
  children,
}: {
  label: string;
  className?: string;
  /** For what runs from left to right in every language, as time does: it opens at its beginning. */
  isLeftToRight?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      className={cn("overflow-auto", className)}
      {...(isLeftToRight && { dir: "ltr" })}
      {...focusable}
    >
      {children}
    </section>
  );
}
