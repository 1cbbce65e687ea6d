import type { ReactNode } from "react";
import { SmallWheel } from "./small-wheel";

/** What a list says when it has nothing: what would stand here, and the one thing to do. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid content-start justify-items-start gap-3 px-4 py-10 md:px-7">
      <SmallWheel involved={[]} baton={-1} className="size-12" />
      <p className="max-w-[34em] text-balance font-serif text-20">{title}</p>
      {children ? <p className="max-w-[46em] text-14 text-ink-2">{children}</p> : null}
      {action ?? null}
    </div>
  );
}
