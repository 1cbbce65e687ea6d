import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { HappeningRow } from "@/components/ui/happening-row";
import { OlderLink } from "@/components/ui/older-link";
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
          <HappeningRow key={row.id} workspace={workspace} row={row} zone={zone}>
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
          </HappeningRow>
        ))}
      </ul>
      <OlderLink to={(query) => paths.driverRows(workspace, query)} asked={asked} cursor={nextCursor}>
        {t("older")}
      </OlderLink>
    </>
  );
}
