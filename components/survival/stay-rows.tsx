import { getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import { paths } from "@/lib/paths";
import type { StayRow, StaysInput } from "@/lib/survival/schema";

export type Behind = { input: StaysInput; stageName: string; rows: readonly StayRow[]; total: number };

/** The customers behind a number, the newest first; who is another's is counted and not named. */
export async function StayRows({ workspace, behind, zone }: { workspace: string; behind: Behind; zone: string }) {
  const [t, days] = await Promise.all([getTranslations("survival"), getTranslations("leaks.one")]);
  const { input, stageName, rows, total } = behind;
  return (
    <BehindList
      title={t(`rows_of.${input.ended}`, { stage: apart(stageName) })}
      note={input.origin}
      close={{ href: paths.survival(workspace), label: t("close") }}
      shown={rows.length < total ? t("shown", { count: rows.length, total }) : null}
    >
      {rows.map(({ journeyId, customerId, name, enteredAt, days: stayed }) => (
        <BehindRow
          key={journeyId}
          href={customerId ? paths.customer(workspace, customerId) : null}
          name={name}
          hidden={t("hidden")}
        >
          <span className="text-ink-2">
            {days("entered")} <DateTime at={enteredAt} shape="date" zone={zone} />
          </span>
          <span className="text-ink-2">{t("day_count", { days: stayed })}</span>
        </BehindRow>
      ))}
    </BehindList>
  );
}
