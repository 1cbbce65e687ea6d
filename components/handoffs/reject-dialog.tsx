"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { rejectHandoffAction } from "@/lib/handoffs/actions";
import { type PacketKey, packetKeys } from "@/lib/handoffs/packet";
import { type HandoffView, type RejectReason, rejectReasons } from "@/lib/handoffs/schema";

type Props = { workspace: string; handoff: HandoffView; onClose: () => void };

/** Sends a handoff back: why, and which items of the packet are missing or do not fit. */
export function RejectDialog({ workspace, handoff: { id, version }, onClose }: Props) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState<readonly PacketKey[]>([]);
  const send = async () => {
    const input = { id, version, reason: reason as RejectReason, missingItems: [...missing], note };
    if (!(await run(() => rejectHandoffAction(workspace, input)))) return;
    onClose();
    router.refresh();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("reject_title")}
      description={t("reject_hint")}
      footer={
        <Button kind="primary" isBusy={isBusy} disabled={reason === "" || missing.length === 0} onClick={send}>
          {t("reject")}
        </Button>
      }
    >
      <div className="grid gap-4" aria-busy={isBusy}>
        <Field label={t("reject_reason")} isRequired>
          {(control) => (
            <Select
              {...control}
              value={reason}
              placeholder="–"
              options={rejectReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <fieldset>
          <legend className="font-medium text-12 text-ink-2">{t("missing")} *</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {packetKeys.map((key) => (
              <Checkbox
                key={key}
                label={t(`item.${key}`)}
                checked={missing.includes(key)}
                onChange={({ target }) =>
                  setMissing(target.checked ? [...missing, key] : missing.filter((each) => each !== key))
                }
              />
            ))}
          </div>
        </fieldset>
        <Field label={t("reject_note")}>
          {(control) => (
            <Textarea {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
