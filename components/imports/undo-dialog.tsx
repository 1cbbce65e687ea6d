"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks before a whole import is taken back. */
export function UndoDialog({ onClose, onConfirm }: { onClose: () => void; onConfirm: () => void }) {
  const t = useTranslations("imports.report");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("undoTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="danger" onClick={onConfirm}>
            {t("undoConfirm")}
          </Button>
        </>
      }
    >
      <p className="text-14">{t("undoText")}</p>
    </Dialog>
  );
}
