import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { paths } from "@/lib/paths";
import type { CaseRow } from "@/lib/recovery-cases/schema";
import { CaseClock } from "./case-clock";

/** So many stand here; the others a press away. */
const most = 3;

type Props = { workspace: string; rows: readonly CaseRow[]; now: string; isNamed: boolean };

/** The bad contacts that somebody here puts right, each with its clock and the next step; nothing where there is none. */
export async function MyCases({ workspace, rows, now, isNamed }: Props) {
  const t = await getTranslations("cases");
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("mine")} className="border-hairline border-b px-4 pt-2.5 pb-3 md:px-7">
      <h2 className="font-550 text-13">
        {t("mine")} <span className="num font-normal text-12 text-ink-3">{rows.length}</span>
      </h2>
      <ul>
        {rows.slice(0, most).map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-5 gap-y-0.5 py-1 text-13">
            <CaseClock openedAt={row.openedAt} dueAt={row.dueAt} now={now} />
            <Link
              href={paths.recoveryCase(workspace, row.id)}
              prefetch={false}
              className="font-550 underline decoration-hairline-strong underline-offset-2"
            >
              {isNamed ? <bdi>{row.customerName}</bdi> : t("one")}
            </Link>
            <span className="text-ink-2">
              {row.nextStep ? t(`step.${row.nextStep}`) : t("to_close")}{" "}
              <span className="num text-12 text-ink-3">
                {row.done}/{row.total}
              </span>
            </span>
            {isNamed ? null : (
              <span className="text-12 text-ink-3">
                <bdi>{row.ownerName ?? ""}</bdi>
              </span>
            )}
            {row.comment ? (
              <q dir="auto" className="said line-clamp-3 min-w-0 flex-1 basis-64 md:line-clamp-1 text-13 text-ink-2">
                {row.comment}
              </q>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length > most ? (
        <Link
          href={paths.recoveryCases(workspace, isNamed ? "mine=1" : "")}
          prefetch={false}
          className="text-12 underline underline-offset-2"
        >
          {t("all_mine", { count: rows.length })}
        </Link>
      ) : null}
    </section>
  );
}
