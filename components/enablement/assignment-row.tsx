"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import {
  beginAssignmentAction,
  completeAssignmentAction,
  verifyAssignmentAction,
  waiveAssignmentAction,
} from "@/lib/enablement/actions";
import type { AssignmentState, AssignmentView } from "@/lib/enablement/schema";

const marks: Record<AssignmentState, MarkState> = {
  assigned: "idle",
  in_progress: "active",
  completed: "good",
  verified: "good",
  waived: "idle",
  overdue: "overdue",
};

const acts = {
  begin: beginAssignmentAction,
  complete: completeAssignmentAction,
  verify: verifyAssignmentAction,
} as const;
type Act = keyof typeof acts;

/** What may be done with an assignment: its person begins and completes it, somebody else sees that she can. */
function actsOn({ state }: AssignmentView, { isMine, canAssign }: { isMine: boolean; canAssign: boolean }): Act[] {
  const isWaiting = state === "assigned" || state === "in_progress" || state === "overdue";
  return [
    ...(isMine && state === "assigned" ? (["begin"] as const) : []),
    ...((isMine || canAssign) && isWaiting ? (["complete"] as const) : []),
    ...(canAssign && !isMine && state === "completed" ? (["verify"] as const) : []),
  ];
}

type Props = {
  workspace: string;
  assignment: AssignmentView;
  canAssign: boolean;
  isMine: boolean;
  /** Whether it says whose it is; one's own need not. */
  isNamed?: boolean;
};

/** One assignment as a line: who has what until when, how far it is, what to do with it. */
export function AssignmentRow({ workspace, assignment, canAssign, isMine, isNamed = true }: Props) {
  const t = useTranslations("enablement");
  const isHebrew = useLocale() === "he";
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isWaiving, setWaiving] = useState(false);
  const item = (isHebrew && assignment.itemNameHe) || assignment.itemName;
  const isWaiting = ["assigned", "in_progress", "overdue"].includes(assignment.state);
  const labelOf = (act: string) => t("act_on", { act: t(act), item, name: assignment.memberName });
  const key = { id: assignment.id, version: assignment.version };
  const perform = async (act: Act) => {
    if (await run(() => acts[act](workspace, key))) router.refresh();
  };
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5 text-13">
      <p className="min-w-0 flex-1 basis-72">
        {isNamed ? <bdi className="me-1 font-550">{assignment.memberName}</bdi> : null}
        <bdi className={isNamed ? "text-ink-2" : "font-550"}>{item}</bdi>
      </p>
      <span className="text-12 text-ink-3">
        {isWaiting ? (
          <>
            {t("due")} <DateTime at={assignment.dueAt} shape="date" />
          </>
        ) : assignment.completedAt ? (
          <DateTime at={assignment.completedAt} shape="date" />
        ) : null}
      </span>
      <span className={assignment.state === "overdue" ? "text-bad" : "text-ink-2"}>
        <StatusMark state={marks[assignment.state]} /> {t(`states.${assignment.state}`)}
      </span>
      {actsOn(assignment, { isMine, canAssign }).map((act) => (
        <Button key={act} kind="text" onClick={() => void perform(act)} isBusy={isBusy} aria-label={labelOf(act)}>
          {t(act)}
        </Button>
      ))}
      {canAssign && isWaiting ? (
        <Button kind="text" onClick={() => setWaiving(true)} aria-label={labelOf("waive")}>
          {t("waive")}
        </Button>
      ) : null}
      {error ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
      {isWaiving ? (
        <WaiveDialog
          workspace={workspace}
          assignment={assignment}
          title={labelOf("waive")}
          onClose={() => setWaiving(false)}
        />
      ) : null}
    </li>
  );
}

type WaiveProps = { workspace: string; assignment: AssignmentView; title: string; onClose: () => void };

function WaiveDialog({ workspace, assignment, title, onClose }: WaiveProps) {
  const t = useTranslations("enablement");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [reason, setReason] = useState("");
  const waive = async () => {
    const key = { id: assignment.id, version: assignment.version, reason };
    if (!reason.trim() || !(await run(() => waiveAssignmentAction(workspace, key)))) return;
    onClose();
    router.refresh();
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={t("waive")}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onConfirm={() => void waive()}
    >
      <Field label={t("waive_reason")} isRequired>
        {(control) => (
          <Textarea {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}
