import Link from "next/link";
import type { ReactNode } from "react";
import { paths } from "@/lib/paths";
import { DateTime } from "./date-time";

type Props = {
  workspace: string;
  row: { at: string; customerId: string; customerName: string; agentName: string | null };
  zone?: string;
  children: ReactNode;
};

/** A line behind a number: when it was, whose customer, who served her, and what is said of it. */
export function HappeningRow({ workspace, row, zone, children }: Props) {
  return (
    <li className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2 text-13 md:grid-cols-[9rem_minmax(0,14rem)_minmax(0,1fr)]">
      <span className="num text-12 text-ink-3">
        <DateTime at={row.at} shape="both" zone={zone} />
      </span>
      <span className="min-w-0">
        <Link
          href={paths.customer(workspace, row.customerId)}
          prefetch={false}
          className="font-550 underline decoration-hairline-strong underline-offset-2"
        >
          <bdi>{row.customerName}</bdi>
        </Link>
        {row.agentName ? (
          <span className="block text-12 text-ink-3">
            <bdi>{row.agentName}</bdi>
          </span>
        ) : null}
      </span>
      <span className="min-w-0">{children}</span>
    </li>
  );
}
