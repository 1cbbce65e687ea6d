import Link from "next/link";
import { useTranslations } from "next-intl";
import type { HandoffRow } from "@/lib/handoffs/schema";
import { HandoffFacts, HandoffStanding } from "./handoff-line";

type Props = {
  rows: readonly HandoffRow[];
  /** The one that is open above the list. */
  openId: string | null;
  hrefOf: (id: string) => string;
  nameOfSpoke: (id: string) => string;
};

/** Handoffs, newest first: whose customer, from whom to whom, and where it stands. */
export function HandoffList({ rows, openId, hrefOf, nameOfSpoke }: Props) {
  const t = useTranslations("handoffs");
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.id}
          aria-current={row.id === openId ? "true" : undefined}
          className="grid gap-x-5 gap-y-1 border-hairline border-b py-2.5 text-13 aria-current:bg-selected md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_minmax(0,14rem)]"
        >
          <Link
            href={hrefOf(row.id) as never}
            prefetch={false}
            className="font-550 text-14 underline decoration-hairline-strong underline-offset-2"
          >
            <bdi>{row.customerName}</bdi>
          </Link>
          <span className="min-w-0">
            {t("from_to", { from: nameOfSpoke(row.fromSpokeId), to: nameOfSpoke(row.toSpokeId) })}{" "}
            {row.isParent ? <span className="text-12 text-ink-3">{t("several")} </span> : null}
            {row.scenario ? (
              <span className="text-12 text-ink-3">{t("scenario_name", { scenario: row.scenario })} </span>
            ) : null}
            <span className="text-12 text-ink-3">{t.rich("by", { name: () => <bdi>{row.fromName}</bdi> })}</span>
          </span>
          <span>
            <HandoffStanding state={row.state} />
            <HandoffFacts row={row} />
          </span>
        </li>
      ))}
    </ul>
  );
}
