import { getTranslations } from "next-intl/server";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import type { ProgrammeRows as Asked, ProgrammeRow } from "@/lib/osc-programme/schema";
import { paths } from "@/lib/paths";

export type Behind = { input: Asked; osc: string | null; rows: readonly ProgrammeRow[]; total: number };

/** The customers behind a number, the newest first; who is another's is counted and not named. */
export async function ProgrammeRows({ workspace, behind, zone }: { workspace: string; behind: Behind; zone: string }) {
  const t = await getTranslations("programme");
  const { input, osc, rows, total } = behind;
  return (
    <BehindList
      title={t(`rows.${input.group}`)}
      note={osc ? <bdi>{osc}</bdi> : null}
      close={{ href: paths.programme(workspace), label: t("close") }}
      shown={rows.length < total ? t("shown", { count: rows.length, total }) : null}
    >
      {rows.map(({ journeyId, customerId, name, ...times }) => (
        <BehindRow
          key={journeyId}
          href={customerId ? paths.customer(workspace, customerId) : null}
          name={name}
          hidden={t("hidden")}
        >
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
        </BehindRow>
      ))}
    </BehindList>
  );
}
