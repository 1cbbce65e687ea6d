"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { publishStandardAction } from "@/lib/standards/actions";
import type { StandardDiff } from "@/lib/standards/schema";
import { DiffView } from "./diff-view";

type Props = { workspace: string; id: string; version: number; diff: StandardDiff | null; onClose: () => void };

/** The last look before publishing: what changes, and from when on. */
export function PublishDialog({ workspace, id, version, diff, onClose }: Props) {
  const t = useTranslations("standards");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [from, setFrom] = useState("");

  async function publish() {
    const effectiveFrom = from ? { effectiveFrom: new Date(from).toISOString() } : {};
    if (!(await run(() => publishStandardAction(workspace, { id, version, ...effectiveFrom })))) return;
    void say(t("published"));
    router.push(paths.standards(workspace));
    router.refresh();
  }

  return (
    <ConfirmDialog
      title={t("publish_title")}
      description={t("publish_hint")}
      confirm={t("publish_now")}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onConfirm={publish}
    >
      <DiffView diff={diff} />
      <div className="pt-4">
        <Field label={t("effective_from")} hint={t("effective_hint")}>
          {(control) => (
            <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  );
}
