import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/paths";
import type { CodingRoundRow } from "@/lib/themes/schema";

type Props = { workspace: string; rounds: readonly CodingRoundRow[]; nameOfType: (type: string) => string };

/** Every round of double coding: who reads, how far they are, and what came of it. */
export async function RoundList({ workspace, rounds, nameOfType }: Props) {
  const t = await getTranslations("themes");
  if (rounds.length === 0) return <EmptyState title={t("coding.empty")}>{t("coding.empty_hint")}</EmptyState>;
  return (
    <ul>
      {rounds.map((round) => (
        <li
          key={round.id}
          className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2.5 text-13 md:grid-cols-[10rem_minmax(0,1fr)_12rem]"
        >
          <span className="num text-12 text-ink-3">
            <DateTime at={round.startedAt} shape="both" />
          </span>
          <span>
            <Link
              href={paths.coding(workspace, round.id)}
              className="font-550 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{round.firstName}</bdi> · <bdi>{round.secondName}</bdi>
            </Link>
            <span className="block text-12 text-ink-3">
              {t("comments", { count: round.comments })}
              {round.type ? ` · ${nameOfType(round.type)}` : ""}
            </span>
          </span>
          <span>
            {round.finishedAt ? (
              round.kappa === null ? (
                t("coding.no_kappa")
              ) : (
                t("coding.kappa", { kappa: round.kappa.toFixed(2) })
              )
            ) : (
              <span className="num text-ink-2">
                {t("coding.progress", { first: round.firstDone, second: round.secondDone, count: round.comments })}
              </span>
            )}
            {round.isMine && !round.finishedAt ? (
              <b className="block font-550 text-accent-text">{t("coding.yours")}</b>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
