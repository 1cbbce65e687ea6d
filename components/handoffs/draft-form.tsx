"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { draftHandoffAction } from "@/lib/handoffs/actions";
import { newId } from "@/lib/identifiers";

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  spokes: readonly { id: string; name: string }[];
  isOverriding: boolean;
};

/** Prepares a handoff: to which department, and what else they should know. */
export function DraftForm({ workspace, customerId, journeyId, spokes, isOverriding }: Props) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [toSpokeId, setTo] = useState("");
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const id = useRef(newId());
  const draft = async () => {
    const input = { id: id.current, customerId, journeyId, toSpokeId, note, reason };
    if (await run(() => draftHandoffAction(workspace, input))) router.refresh();
  };
  const isReady = toSpokeId !== "" && (!isOverriding || reason.trim() !== "");
  return (
    <div className="no-print flex flex-wrap items-end gap-3" aria-busy={isBusy}>
      <Field label={t("prepare")} error={error ?? undefined} isRequired>
        {(control) => (
          <Select
            {...control}
            value={toSpokeId}
            placeholder={t("choose")}
            options={spokes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <div className="min-w-56 flex-1">
        <Field label={t("note")}>
          {(control) => (
            <Input {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
      </div>
      {isOverriding ? (
        <div className="min-w-56 flex-1">
          <Field label={t("why_you")} isRequired>
            {(control) => (
              <Input {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </div>
      ) : null}
      <Button kind="primary" isBusy={isBusy} disabled={!isReady} onClick={draft}>
        {t("draft")}
      </Button>
    </div>
  );
}
