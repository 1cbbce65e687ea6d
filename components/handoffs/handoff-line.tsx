import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { percent } from "@/components/ui/rate";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";
import type { HandoffRow, HandoffState, HandoffView } from "@/lib/handoffs/schema";

const marks: Record<HandoffState, MarkState> = {
  draft: "idle",
  proposed: "waiting",
  accepted: "active",
  rejected: "overdue",
  expired: "stalled",
  completed: "good",
  rated: "good",
  cancelled: "idle",
};

/** Where a handoff stands, in a shape and a word. */
export function HandoffStanding({ state }: { state: HandoffState }) {
  const t = useTranslations("handoffs");
  return (
    <span className="whitespace-nowrap text-13">
      <StatusMark state={marks[state]} /> {t(`state.${state}`)}
    </span>
  );
}

/** What comes next by when, and what is known of how well it went. */
export function HandoffFacts({ row }: { row: HandoffRow }) {
  const t = useTranslations("handoffs");
  return (
    <span className="flex flex-wrap gap-x-3 text-12 text-ink-3">
      {row.completeness === null ? null : (
        <span>
          {t.rich("complete", { percent: () => <bdi className="num">{percent(row.completeness ?? 0)}</bdi> })}
        </span>
      )}
      {row.state === "proposed" && row.dueAccept ? (
        <span>
          {t("accept_by")} <DateTime at={row.dueAccept} />
        </span>
      ) : null}
      {row.state === "accepted" && row.dueFirstTouch ? (
        <span>
          {t("touch_by")} <DateTime at={row.dueFirstTouch} />
        </span>
      ) : null}
      {row.introductionDue && !row.introducedAt ? (
        <span>
          {t("introduce_by")} <DateTime at={row.introductionDue} />
        </span>
      ) : null}
      {row.introducedAt ? (
        <span>
          {t("introduced")} <DateTime at={row.introducedAt} />
        </span>
      ) : null}
      {row.rejections > 0 ? <span>{t("rejections", { count: row.rejections })}</span> : null}
      {row.quality === null ? null : (
        <span>
          {t("quality")} <bdi className="num">{row.quality.toFixed(4)}</bdi>
        </span>
      )}
    </span>
  );
}

/** Why the receiver sent it back: the reason, what is missing, and her words. */
export function SentBack({ row }: { row: HandoffRow }) {
  const t = useTranslations("handoffs");
  if (row.state !== "rejected" || row.rejectReason === null) return null;
  return (
    <p className="border-bad border-s-2 ps-3 text-13">
      <b className="font-550">{t(`reason.${row.rejectReason}`)}</b>:{" "}
      {row.missingItems.map((key) => t(`item.${key}`)).join(", ")}
      {row.rejectNote ? (
        <span dir="auto" className="block text-ink-2">
          {row.rejectNote}
        </span>
      ) : null}
    </p>
  );
}

const known = ["journey_closed", "journey_reopened", "merged"] as const;

/** Why it was given up, and whether the customer refused whoever took her. */
export function GivenUp({ handoff: { state, cancelReason, isDeclined } }: { handoff: HandoffView }) {
  const t = useTranslations("handoffs");
  if (state !== "cancelled" || cancelReason === "") return null;
  const word = known.find((each) => each === cancelReason);
  return (
    <p className="border-hairline-strong border-s-2 ps-3 text-13">
      {isDeclined ? <b className="font-550">{t("declined")} </b> : null}
      {word ? t(`given_up.${word}`) : <q dir="auto">{cancelReason}</q>}
    </p>
  );
}
