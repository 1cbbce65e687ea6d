import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { SectionHead } from "./section-head";

type ListProps = {
  id?: string;
  title: ReactNode;
  note?: ReactNode;
  /** The way back to the page without the list. */
  close: { href: Route; label: string };
  /** Said when not all of them are listed. */
  shown?: string | null;
  /** The rows. */
  children: ReactNode;
  /** What stands below them, as the way to the next page. */
  below?: ReactNode;
};

/** The customers behind a number, under the number's name. */
export function BehindList({ id = "rows", title, note, close, shown, children, below }: ListProps) {
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id} title={title} note={note}>
        <Link href={close.href} className="text-13 underline underline-offset-2">
          {close.label}
        </Link>
      </SectionHead>
      {shown ? <p className="pb-1 text-12 text-ink-3">{shown}</p> : null}
      <ul className="text-13">{children}</ul>
      {below}
    </section>
  );
}

/** One of them with what is said of her; without `href` she is another's: counted, and called `hidden`. */
export function BehindRow({
  href,
  name,
  hidden,
  children,
}: {
  href: Route | null;
  name: string | null;
  hidden?: string;
  children?: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
      {href && name ? (
        <Link href={href} prefetch={false} className="font-550 underline-offset-2 hover:underline">
          <bdi>{name}</bdi>
        </Link>
      ) : (
        <span className="text-ink-3">{hidden}</span>
      )}
      {children}
    </li>
  );
}
