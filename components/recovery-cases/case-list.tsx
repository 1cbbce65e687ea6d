import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { StatusMark } from "@/components/ui/status-mark";
import type { CaseRow } from "@/lib/recovery-cases/schema";
import { CaseAge } from "./case-age";
import { CaseClock } from "./case-clock";

type Props = {
  rows: readonly CaseRow[];
  now: string;
  /** The case that is open beside the list. */
  openId: string | null;
  hrefOf: (id: string) => string;
  nameOfType: (type: string) => string;
  nameOfMedium: (medium: string) => string;
  nameOfCause: (cause: string) => string;
};

/** Cases with their clock and age, the first due first: whose, what comes next, and the customer's own words. */
export async function CaseList({ rows, now, openId, hrefOf, ...names }: Props) {
  const t = await getTranslations("cases");
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.id}
          aria-current={row.id === openId ? "true" : undefined}
          className="grid gap-x-5 gap-y-1 border-hairline border-b py-2.5 text-13 aria-current:bg-selected md:grid-cols-[8rem_minmax(0,13rem)_minmax(0,1fr)_11rem]"
        >
          <span>
            {row.closedAt ? (
              <span className="text-12 text-ink-2">
                <StatusMark state={row.state === "recovered" ? "good" : "idle"} /> {t(`state.${row.state}`)}
              </span>
            ) : (
              <CaseClock openedAt={row.openedAt} dueAt={row.dueAt} now={now} />
            )}
            <span className="block text-12 text-ink-3">
              {t("age")} <CaseAge at={row.openedAt} now={now} />
            </span>
          </span>
          <span className="min-w-0">
            <Link
              href={hrefOf(row.id) as never}
              prefetch={false}
              className="font-550 text-14 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{row.customerName}</bdi>
            </Link>
            <span className="block text-12 text-ink-3">
              {names.nameOfMedium(row.medium)} · {names.nameOfType(row.type)}
            </span>
          </span>
          <span className="min-w-0">
            {row.comment ? (
              <q dir="auto" className="said line-clamp-2 block text-13">
                {row.comment}
              </q>
            ) : (
              <span className="text-ink-3">{t(`origin.${row.origin}`)}</span>
            )}
            {row.cause ? <span className="block text-12 text-ink-2">{names.nameOfCause(row.cause)}</span> : null}
          </span>
          <span className="text-12">
            <span className="block text-13">
              <bdi>{row.ownerName ?? t("nobody")}</bdi>
            </span>
            <span className="num text-ink-3">
              {row.nextStep ? t("next", { step: t(`step.${row.nextStep}`) }) : t("all_done")} {row.done}/{row.total}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
