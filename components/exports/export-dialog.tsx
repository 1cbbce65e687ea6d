"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { requestExportAction } from "@/lib/exports/actions";
import { keys } from "@/lib/query-keys";
import { useExportWords } from "./export-words";

type Props = { workspace: string; query: string; onClose: () => void };

/** Asks what a file of the list is for; somebody else approves it. */
export function ExportDialog({ workspace, query, onClose }: Props) {
  const t = useTranslations("exports");
  const common = useTranslations("common");
  const client = useQueryClient();
  const words = useExportWords();
  const { formProps, isBusy, error } = useSubmit(
    (form) => requestExportAction(workspace, { query, reason: String(form.get("reason") ?? "") }),
    () => {
      void client.invalidateQueries({ queryKey: keys.exports.all(workspace) });
      void say(t("sent"));
      onClose();
    },
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("title")}
      description={t("text")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" type="submit" form="request-export" isBusy={isBusy}>
            {t("send")}
          </Button>
        </>
      }
    >
      <form {...formProps} id="request-export" className="grid gap-4">
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
            {words.error(error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
