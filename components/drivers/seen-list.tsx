import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";
import type { SeenRow } from "@/lib/drivers/schema";
import { paths } from "@/lib/paths";

type Props = {
  workspace: string;
  asked: Record<string, string>;
  data: readonly SeenRow[];
  nextCursor: string | null;
  zone: string;
  names: { type: (key: string) => string; medium: (key: string) => string };
};

const classes: Record<NonNullable<SeenRow["class"]>, MarkState> = {
  positive: "good",
  neutral: "waiting",
  negative: "overdue",
};

/** Contacts, or ends of journeys, as lines. */
export async function SeenList({ workspace, asked, data, nextCursor, zone, names }: Props) {
  const t = await getTranslations("drivers");
  if (data.length === 0) return <EmptyState title={t("rows_empty")} />;
  return (
    <>
      <ul className="px-4 pb-10 md:px-7">
        {data.map((row) => (
          <li
            key={row.id}
            className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2 text-13 md:grid-cols-[9rem_minmax(0,14rem)_minmax(0,1fr)]"
          >
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
              {row.agentName ? <bdi className="block text-12 text-ink-3">{row.agentName}</bdi> : null}
            </span>
            <span className="min-w-0">
              {row.isWon === null ? null : (
                <>
                  <StatusMark state={row.isWon ? "good" : "overdue"} /> {t(row.isWon ? "won" : "lost")}
                </>
              )}
              {row.state ? t(`state.${row.state}`) : null}
              {row.class ? (
                <>
                  {" · "}
                  <StatusMark state={classes[row.class]} /> {t(`class.${row.class}`)}
                </>
              ) : null}
              {row.type ? (
                <span className="block text-12 text-ink-3">
                  {[names.medium(row.medium ?? ""), names.type(row.type)].join(" · ")}
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {nextCursor ? (
        <p className="px-4 pb-10 md:px-7">
          <LinkButton
            href={paths.driverRows(workspace, new URLSearchParams({ ...asked, cursor: nextCursor }).toString())}
          >
            {t("older")}
          </LinkButton>
        </p>
      ) : null}
    </>
  );
}
