"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { markReaskedAction } from "@/lib/handoffs/actions";
import type { HandoffView } from "@/lib/handoffs/schema";

/** Marks what the customer was asked again although the packet answers it. */
export function ReaskForm({
  workspace,
  handoff: { id, version, packet },
}: {
  workspace: string;
  handoff: HandoffView;
}) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [key, setKey] = useState("");
  const [question, setQuestion] = useState("");
  const mark = async () => {
    const item = packet.find((each) => each.key === key);
    if (!item || !(await run(() => markReaskedAction(workspace, { id, version, key: item.key, question })))) return;
    router.refresh();
  };
  return (
    <div className="no-print flex flex-wrap items-end gap-2 pt-3" aria-busy={isBusy}>
      <Field label={t("reask")} error={error ?? undefined} isRequired>
        {(control) => (
          <Select
            {...control}
            value={key}
            placeholder={t("reask_item")}
            options={packet
              .filter(({ isPresent }) => isPresent)
              .map((item) => ({ value: item.key, label: t(`item.${item.key}`) }))}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      <div className="min-w-56 flex-1">
        <Field label={t("reask_question")}>
          {(control) => (
            <Input
              {...control}
              maxLength={1000}
              value={question}
              onChange={(event) => setQuestion(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button isBusy={isBusy} disabled={key === ""} onClick={mark}>
        {t("reask_mark")}
      </Button>
    </div>
  );
}
