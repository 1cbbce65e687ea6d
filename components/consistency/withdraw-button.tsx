"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useWrite } from "@/components/ui/use-write";
import { withdrawRelationshipAction, withdrawResponseAction } from "@/lib/responses/actions";
import type { SurveyAbout } from "@/lib/responses/schema";

export type WithdrawWords = Record<"open" | "title" | "text" | "confirm" | "reason", string>;

const actions = { contact: withdrawResponseAction, relationship: withdrawRelationshipAction };

type Props = { workspace: string; id: string; about?: SurveyAbout; words: WithdrawWords };

/** Takes a customer's answer back for her, after a last look. */
export function WithdrawButton({ workspace, id, about = "contact", words }: Props) {
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const confirm = async () => {
    if (!(await run(() => actions[about](workspace, { id, reason })))) return;
    setOpen(false);
    router.refresh();
  };
  return (
    <span className="no-print float-end">
      <Button kind="text" className="h-7" onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {isOpen ? (
        <ConfirmDialog
          title={words.title}
          description={words.text}
          confirm={words.confirm}
          kind="danger"
          isBusy={isBusy}
          error={error}
          onClose={() => setOpen(false)}
          onConfirm={() => void confirm()}
        >
          <Field label={words.reason}>
            {(control) => (
              <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </ConfirmDialog>
      ) : null}
    </span>
  );
}
