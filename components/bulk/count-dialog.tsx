"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import { useWrite } from "@/components/ui/use-write";
import { cancelBulkAction, confirmBulkAction } from "@/lib/bulk/actions";
import type { ActionResult, FieldErrors } from "@/lib/errors";
import { CountedRun } from "./counted-run";
import { useRefreshRuns, useRun } from "./use-bulk";

type Props = {
  workspace: string;
  title: string;
  text: string;
  /** What the button says that starts the run for so many. */
  confirmWords: (count: number) => string;
  begin: (form: FormData) => Promise<ActionResult<{ id: string }>>;
  /** What is asked besides the reason. */
  renderFields?: (errors: FieldErrors) => ReactNode;
  onClose: () => void;
  onStarted: () => void;
};

/** Asks why, counts what a run over many customers would do, and starts it once that was read. */
export function CountDialog({ workspace, title, text, confirmWords, begin, renderFields, onClose, onStarted }: Props) {
  const t = useTranslations("bulk");
  const common = useTranslations("common");
  const words = useErrorWords();
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(workspace, runId);
  const refresh = useRefreshRuns(workspace);
  const start = useWrite();
  const { formProps, isBusy, error } = useSubmit(begin, ({ id }) => setRunId(id));
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
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={leave}>{common("cancel")}</Button>
          {runId === null ? (
            <Button kind="primary" type="submit" form="count-many" isBusy={isBusy}>
              {t("count")}
            </Button>
          ) : (
            <Button
              kind="primary"
              isBusy={start.isBusy || isCounting}
              disabled={!isReady}
              onClick={() => void confirm()}
            >
              {confirmWords(run.data?.counts.waiting ?? 0)}
            </Button>
          )}
        </>
      }
    >
      {runId === null ? (
        <form {...formProps} id="count-many" className="grid gap-4">
          {renderFields?.(error?.fields ?? {})}
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
