"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useSubmit } from "@/components/ui/use-submit";
import { useWrite } from "@/components/ui/use-write";
import { assignManyAction, cancelBulkAction, confirmBulkAction } from "@/lib/bulk/actions";
import type { BulkSelection } from "@/lib/bulk/schema";
import { CountedRun } from "./counted-run";
import { useRefreshRuns, useRun } from "./use-bulk";

type Props = {
  workspace: string;
  selection: BulkSelection;
  oscs: readonly { id: string; name: string }[];
  isRequest: boolean;
  onClose: () => void;
  onStarted: () => void;
};

/** Asks who becomes the OSC and why, counts what that would do, and starts it once that was read. */
export function AssignDialog({ workspace, selection, oscs, isRequest, onClose, onStarted }: Props) {
  const t = useTranslations("bulk");
  const common = useTranslations("common");
  const words = useErrorWords();
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(workspace, runId);
  const refresh = useRefreshRuns(workspace);
  const start = useWrite();
  const { formProps, isBusy, error } = useSubmit(
    (form) =>
      assignManyAction(workspace, {
        selection,
        memberId: String(form.get("memberId") ?? ""),
        reason: String(form.get("reason") ?? ""),
      }),
    ({ id }) => setRunId(id),
  );
  const leave = () => {
    if (runId) void cancelBulkAction(workspace, { id: runId }).then(refresh);
    onClose();
  };
  const confirm = async () => {
    if (!runId || !(await start.run(() => confirmBulkAction(workspace, { id: runId })))) return;
    await refresh();
    onStarted();
    onClose();
  };
  const isCounting = runId !== null && (!run.data || run.data.status === "counting");
  const isReady = run.data?.status === "ready" && run.data.counts.waiting > 0;
  return (
    <Dialog
      isOpen
      onClose={leave}
      title={isRequest ? t("ask_title") : t("title")}
      description={isRequest ? t("ask_text") : t("text")}
      footer={
        <>
          <Button onClick={leave}>{common("cancel")}</Button>
          {runId === null ? (
            <Button kind="primary" type="submit" form="assign-many" isBusy={isBusy}>
              {t("count")}
            </Button>
          ) : (
            <Button
              kind="primary"
              isBusy={start.isBusy || isCounting}
              disabled={!isReady}
              onClick={() => void confirm()}
            >
              {isRequest
                ? t("confirm_ask", { count: run.data?.counts.waiting ?? 0 })
                : t("confirm", { count: run.data?.counts.waiting ?? 0 })}
            </Button>
          )}
        </>
      }
    >
      {runId === null ? (
        <form {...formProps} id="assign-many" className="grid gap-4">
          <Field label={t("osc")} error={error?.fields?.memberId ? common("required") : undefined} isRequired>
            {(control) => (
              <Select
                {...control}
                name="memberId"
                required
                placeholder={t("choose")}
                options={oscs.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
          <Field
            label={t("reason")}
            hint={t("reason_hint")}
            error={error?.fields?.reason ? common("required") : undefined}
            isRequired
          >
            {(control) => <Input {...control} name="reason" required maxLength={1000} dir="auto" autoComplete="off" />}
          </Field>
          {error && !error.fields ? (
            <p role="alert" className="text-13 text-bad">
              {words(error)}
            </p>
          ) : null}
        </form>
      ) : (
        <CountedRun workspace={workspace} run={run.data} problem={start.error} />
      )}
    </Dialog>
  );
}
