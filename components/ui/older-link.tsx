import type { ComponentProps, ReactNode } from "react";
import { LinkButton } from "./link-button";

type Props = {
  /** Where a page of the list stands, by its query. */
  to: (query: string) => ComponentProps<typeof LinkButton>["href"];
  asked: Record<string, string>;
  cursor: string | null;
  children: ReactNode;
};

/** The way to the page after this one of a list; nothing where there is none. */
export function OlderLink({ to, asked, cursor, children }: Props) {
  if (cursor === null) return null;
  return (
    <p className="px-4 pb-10 md:px-7">
      <LinkButton href={to(new URLSearchParams({ ...asked, cursor }).toString())}>{children}</LinkButton>
    </p>
  );
}
