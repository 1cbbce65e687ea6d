import type { ReactNode } from "react";

/** The head of a group inside a page: name, then what is said about it. */
export function SectionHead({
  id,
  title,
  note,
  children,
}: {
  id?: string;
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex items-baseline gap-2 pt-4 pb-1.5">
      <h2 id={id} className="font-550 text-13">
        {title}
      </h2>
      {note ? <span className="text-12 text-ink-3">{note}</span> : null}
      {children ? <div className="ms-auto">{children}</div> : null}
    </div>
  );
}
