"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { PageHead } from "@/components/ui/page-head";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { say } from "@/components/ui/toast";
import { reactivateMemberAction, resendInvitationAction, revokeInvitationAction } from "@/lib/members/actions";
import type { MemberView } from "@/lib/members/schema";
import type { Choices } from "./member-fields";
import { type MemberDeed, MemberRow } from "./member-row";
import { useMemberErrors } from "./words";

const InviteForm = late(() => import("./invite-form").then((module) => module.InviteForm));
const MemberDialog = late(() => import("./member-dialog").then((module) => module.MemberDialog));
const LeaveDialog = late(() => import("./leave-dialog").then((module) => module.LeaveDialog));

type Props = { workspace: string; members: readonly MemberView[]; choices: Choices };
type Open = { deed: "change" | "leave" | "invite"; member: MemberView } | { deed: "new" } | null;

/** The members and everything that is done about them. */
export function MembersScreen({ workspace, members, choices }: Props) {
  const t = useTranslations("members");
  const words = useMemberErrors();
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const close = () => setOpen(null);

  async function act(member: MemberView, deed: "resend" | "revoke" | "reactivate") {
    const { id: memberId, version, name } = member;
    setBusy(memberId);
    const result =
      deed === "reactivate"
        ? await reactivateMemberAction(workspace, { memberId, version })
        : await (deed === "resend" ? resendInvitationAction : revokeInvitationAction)(workspace, { memberId });
    setBusy(null);
    const done = { resend: t("resent"), revoke: t("was_revoked"), reactivate: t("reactivated", { name }) }[deed];
    void say(result.ok ? done : words(result.error), { isError: !result.ok });
    router.refresh();
  }

  const onDeed = (member: MemberView) => (deed: MemberDeed) => {
    if (deed === "resend" || deed === "revoke" || deed === "reactivate") void act(member, deed);
    else setOpen({ deed, member });
  };
  const spokeName = (id: string | null) => choices.spokes.find((each) => each.id === id)?.name ?? t("no_spoke");
  const working = members.filter(({ status }) => status === "active");
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  return (
    <>
      <PageHead title={t("title")} statement={t("statement", { count: working.length })}>
        <Button kind="primary" onClick={() => setOpen({ deed: "new" })}>
          {t("invite")}
        </Button>
      </PageHead>
      <ScrollRegion label={t("list")} className="px-4 pb-10 md:px-7">
        <table className="w-full min-w-3xl border-collapse">
          <thead>
            <tr>
              {(["name", "roles", "spoke", "customers", "state"] as const).map((column) => (
                <th key={column} scope="col" className={head}>
                  {t(`column.${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                spoke={spokeName(member.spokeId)}
                busy={busy === member.id}
                onDeed={onDeed(member)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {open?.deed === "new" ? <InviteForm workspace={workspace} choices={choices} onClose={close} /> : null}
      {open?.deed === "invite" ? (
        <InviteForm workspace={workspace} choices={choices} onClose={close} member={open.member} />
      ) : null}
      {open?.deed === "change" ? (
        <MemberDialog workspace={workspace} choices={choices} onClose={close} member={open.member} />
      ) : null}
      {open?.deed === "leave" ? (
        <LeaveDialog
          workspace={workspace}
          member={open.member}
          successors={working.filter(
            ({ id, roles, isCoverageLead }) =>
              id !== open.member.id && (roles.includes("osc") || isCoverageLead || open.member.isCoverageLead),
          )}
          onClose={close}
        />
      ) : null}
    </>
  );
}
