"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/** Asks before a whole import is taken back. */
export function UndoDialog({ onClose, onConfirm }: { onClose: () => void; onConfirm: () => void }) {
  const t = useTranslations("imports.report");
  return (
    <ConfirmDialog
      title={t("undoTitle")}
      confirm={t("undoConfirm")}
      cancel={t("cancel")}
      kind="danger"
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p className="text-14">{t("undoText")}</p>
    </ConfirmDialog>
  );
}
