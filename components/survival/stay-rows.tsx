import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { StayRow, StaysInput } from "@/lib/survival/schema";

export type Behind = { input: StaysInput; stageName: string; rows: readonly StayRow[]; total: number };

/** The customers behind a number, the newest first; who is another's is counted and not named. */
export async function StayRows({ workspace, behind, zone }: { workspace: string; behind: Behind; zone: string }) {
  const [t, days] = await Promise.all([getTranslations("survival"), getTranslations("leaks.one")]);
  const { input, stageName, rows, total } = behind;
  return (
    <section aria-labelledby="rows">
      <SectionHead id="rows" title={t(`rows_of.${input.ended}`, { stage: apart(stageName) })} note={input.origin}>
        <Link href={paths.survival(workspace)} className="text-13 underline underline-offset-2">
          {t("close")}
        </Link>
      </SectionHead>
      {rows.length < total ? (
        <p className="pb-1 text-12 text-ink-3">{t("shown", { count: rows.length, total })}</p>
      ) : null}
      <ul className="text-13">
        {rows.map(({ journeyId, customerId, name, enteredAt, days: stayed }) => (
          <li key={journeyId} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
            {customerId && name ? (
              <Link
                href={paths.customer(workspace, customerId)}
                className="font-550 underline-offset-2 hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <span className="text-ink-3">{t("hidden")}</span>
            )}
            <span className="text-ink-2">
              {days("entered")} <DateTime at={enteredAt} shape="date" zone={zone} />
            </span>
            <span className="text-ink-2">{t("day_count", { days: stayed })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
