import type { ReactNode } from "react";
import { cn } from "./cn";

type Props = {
  title: ReactNode;
  statement?: ReactNode;
  above?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** The head of a page: the sentence that answers its question stands under the title; actions stand at the end. */
export function PageHead({ title, statement, above, className, children }: Props) {
  return (
    <header
      className={cn(
        "flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-hairline border-b px-4 pt-4 pb-3 md:px-7",
        className,
      )}
    >
      <div className="min-w-0">
        {above ? <p className="text-12 text-ink-3">{above}</p> : null}
        <h1 className="title">{title}</h1>
        {statement ? <p className="mt-1 max-w-[64em] text-pretty text-14 text-ink-2">{statement}</p> : null}
      </div>
      {children ? <div className="no-print flex flex-wrap items-center gap-2">{children}</div> : null}
    </header>
  );
}
