"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { declineHandoffAction } from "@/lib/handoffs/actions";
import type { Part } from "./part";

/** The customer refuses whoever took her: why, and she goes back to the sender. */
export function DeclineForm({ workspace, handoff: { id, version }, isBusy, act }: Part) {
  const t = useTranslations("handoffs");
  const [reason, setReason] = useState("");
  return (
    <details className="no-print text-13">
      <summary className="cursor-pointer py-1">{t("decline")}</summary>
      <div className="flex flex-wrap items-end gap-2 pt-1">
        <div className="min-w-64 flex-1">
          <Field label={t("decline_why")} hint={t("decline_hint")} isRequired>
            {(control) => (
              <Input {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </div>
        <Button
          kind="danger"
          isBusy={isBusy}
          disabled={reason.trim() === ""}
          onClick={() => void act(() => declineHandoffAction(workspace, { id, version, reason }))}
        >
          {t("decline_do")}
        </Button>
      </div>
    </details>
  );
}
