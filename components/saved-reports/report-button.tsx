"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { deleteReportAction, unsubscribeReportAction } from "@/lib/saved-reports/actions";

type Props = { workspace: string; id: string };

/** Removes a report after one more look. */
export function DeleteReport({ workspace, id }: Props) {
  const t = useTranslations("reports");
  const router = useRouter();
  const { run, isBusy, error } = useWrite();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind="plain" onClick={() => setOpen(true)}>
        {t("delete")}
      </Button>
      {isOpen ? (
        <ConfirmDialog
          title={t("delete_title")}
          confirm={t("delete")}
          kind="danger"
          isBusy={isBusy}
          error={error}
          onClose={() => setOpen(false)}
          onConfirm={async () => {
            if (await run(() => deleteReportAction(workspace, { id }))) router.push(paths.reports(workspace));
          }}
        >
          <p className="text-13">{t("delete_text")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Stops a report's mails to who presses it. */
export function StopMails({ workspace, id }: Props) {
  const t = useTranslations("reports");
  const router = useRouter();
  const { run, isBusy, error } = useWrite();
  return (
    <p className="flex flex-wrap items-center gap-3">
      <Button
        isBusy={isBusy}
        onClick={async () => {
          if (await run(() => unsubscribeReportAction(workspace, { id }))) router.refresh();
        }}
      >
        {t("stop")}
      </Button>
      {error ? <span className="text-12 text-bad">{error}</span> : null}
    </p>
  );
}
