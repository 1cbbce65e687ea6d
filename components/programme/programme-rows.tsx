import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import type { ProgrammeRows as Asked, ProgrammeRow } from "@/lib/osc-programme/schema";
import { paths } from "@/lib/paths";

export type Behind = { input: Asked; osc: string | null; rows: readonly ProgrammeRow[]; total: number };

/** The customers behind a number, the newest first; who is another's is counted and not named. */
export async function ProgrammeRows({ workspace, behind, zone }: { workspace: string; behind: Behind; zone: string }) {
  const t = await getTranslations("programme");
  const { input, osc, rows, total } = behind;
  return (
    <section aria-labelledby="rows">
      <SectionHead id="rows" title={t(`rows.${input.group}`)} note={osc ? <bdi>{osc}</bdi> : null}>
        <Link href={paths.programme(workspace)} className="text-13 underline underline-offset-2">
          {t("close")}
        </Link>
      </SectionHead>
      {rows.length < total ? (
        <p className="pb-1 text-12 text-ink-3">{t("shown", { count: rows.length, total })}</p>
      ) : null}
      <ul className="text-13">
        {rows.map(({ journeyId, customerId, name, ...times }) => (
          <li key={journeyId} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
            {customerId && name ? (
              <Link
                href={paths.customer(workspace, customerId)}
                prefetch={false}
                className="font-550 underline-offset-2 hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <span className="text-ink-3">{t("hidden")}</span>
            )}
            {(
              [
                ["arrived", times.arrivedAt],
                ["set_at", times.setAt],
                ["kept_at", times.keptAt],
                ["won_at", times.wonAt],
              ] as const
            ).map(([what, at]) =>
              at ? (
                <span key={what} className="text-ink-2">
                  {t(what)} <DateTime at={at} shape="date" zone={zone} />
                </span>
              ) : null,
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
