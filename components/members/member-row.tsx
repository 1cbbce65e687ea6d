"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import type { MemberView } from "@/lib/members/schema";

export type MemberDeed = "change" | "leave" | "invite" | "resend" | "revoke" | "reactivate";

type Props = { member: MemberView; spoke: string; busy: boolean; onDeed: (deed: MemberDeed) => void };

/** What stands about a member at the end of her row. */
function State({ member }: { member: MemberView }) {
  const t = useTranslations("members");
  const { status, invitation, awayUntil, isAway, email } = member;
  if (status === "deactivated" || status === "suspended")
    return <span className="text-ink-3">{t(`state.${status}`)}</span>;
  if (invitation) {
    return (
      <span className="text-ink-2">
        {invitation.isExpired
          ? t("expired")
          : t.rich("until", { time: () => <DateTime at={invitation.expiresAt} shape="date" /> })}
      </span>
    );
  }
  if (awayUntil && isAway)
    return (
      <span className="text-warn">
        {t.rich("away_state", { time: () => <DateTime at={awayUntil} shape="date" /> })}
      </span>
    );
  return <span className="text-ink-2">{email ? t(`state.${status}`) : t("no_email")}</span>;
}

const deedsOf = ({ status, invitation, email, isMe }: MemberView): MemberDeed[] => {
  if (status === "deactivated" || status === "suspended") return ["reactivate"];
  const invited: MemberDeed[] = invitation ? ["resend", "revoke"] : status === "invited" ? ["resend"] : [];
  return [...(email ? invited : (["invite"] as const)), ...(isMe ? [] : (["leave"] as const))];
};

const labels = {
  leave: "deactivate",
  invite: "invite",
  resend: "resend",
  revoke: "revoke",
  reactivate: "reactivate",
} as const;

/** One member: who she is, what she does, where she stands, and what can be done about it. */
export function MemberRow({ member, spoke, busy, onDeed }: Props) {
  const t = useTranslations("members");
  const { name, email, roles, openJourneys, isMe, isCoverageLead, status } = member;
  const cell = "py-2 pe-4 align-top text-13";
  const isFormer = status === "deactivated";
  return (
    <tr className="border-hairline border-t" aria-busy={busy}>
      <th scope="row" className={`${cell} text-start font-normal`}>
        {isFormer ? (
          <bdi className="text-ink-3">{name}</bdi>
        ) : (
          <button
            type="button"
            className="text-start font-550 hover:underline"
            onClick={() => onDeed("change")}
            aria-label={t("edit", { name })}
          >
            <bdi>{name}</bdi>
          </button>
        )}
        <span className="block text-12 text-ink-3">
          <bdi>{email ?? t("no_email")}</bdi>
          {isMe ? `, ${t("you")}` : ""}
        </span>
      </th>
      <td className={cell}>
        {roles.map((role) => t(`roles.${role}`)).join(", ")}
        {isCoverageLead ? <span className="block text-12 text-ink-3">{t("lead")}</span> : null}
      </td>
      <td className={cell}>{spoke}</td>
      <td className={`${cell} num`}>{t("count_customers", { count: openJourneys })}</td>
      <td className={cell}>
        <State member={member} />
      </td>
      <td className="py-1 text-end">
        {deedsOf(member).map((deed) => (
          <Button
            key={deed}
            kind="text"
            disabled={busy}
            onClick={() => onDeed(deed)}
            aria-label={`${t(labels[deed as keyof typeof labels])}: ${name}`}
          >
            {t(labels[deed as keyof typeof labels])}
          </Button>
        ))}
      </td>
    </tr>
  );
}
