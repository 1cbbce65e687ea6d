"use client";

import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { SectionHead } from "@/components/ui/section-head";
import type { OwnAssignment } from "@/lib/enablement/schema";
import { AssignmentRow } from "./assignment-row";
import { Notes } from "./notes";

type Props = { workspace: string; own: readonly OwnAssignment[]; memberId: string | null; hasHead: boolean };

/** What I was given and whom I coach, each with the words of the item and the notes between two. */
export function OwnSection({ workspace, own, memberId, hasHead }: Props) {
  const t = useTranslations("enablement");
  const isHebrew = useLocale() === "he";
  if (own.length === 0) return <EmptyState title={t("own_empty")}>{t("own_hint")}</EmptyState>;
  return (
    <section aria-label={t(hasHead ? "own_or_coached" : "own_title")} className={hasHead ? undefined : "pt-4"}>
      {hasHead ? <SectionHead title={t("own_or_coached")} /> : null}
      {own.map((assignment) => {
        const isMine = assignment.memberId === memberId;
        const words = (isHebrew && assignment.contentHe) || assignment.content;
        const name = isMine ? assignment.coachName : assignment.memberName;
        return (
          <div key={assignment.id} className="pb-3">
            <ul>
              <AssignmentRow
                workspace={workspace}
                assignment={assignment}
                canAssign={false}
                isMine={isMine}
                isNamed={!isMine}
              />
            </ul>
            {words && isMine ? (
              <p dir="auto" className="max-w-[46em] whitespace-pre-line text-14 text-ink-2">
                {words}
              </p>
            ) : null}
            {assignment.coachId && name ? (
              <details className="pt-1">
                <summary className="cursor-pointer py-1 text-12 text-ink-3">
                  {t("notes")} · <bdi>{t(isMine ? "coached_by" : "you_coach", { name })}</bdi>
                </summary>
                <Notes workspace={workspace} assignmentId={assignment.id} />
              </details>
            ) : null}
          </div>
        );
      })}
    </section>
  );
}
