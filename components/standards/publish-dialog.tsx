"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
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
  const common = useTranslations("common");
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
    <Dialog
      isOpen
      onClose={onClose}
      title={t("publish_title")}
      description={t("publish_hint")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" onClick={publish} isBusy={isBusy}>
            {t("publish_now")}
          </Button>
        </>
      }
    >
      <DiffView diff={diff} />
      <div className="pt-4">
        <Field label={t("effective_from")} hint={t("effective_hint")}>
          {(control) => (
            <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
      </div>
      {error ? (
        <p role="alert" className="pt-2 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}
