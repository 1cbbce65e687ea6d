"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

type Props = {
  title: string;
  description?: string;
  /** What the button says that does it. */
  confirm: string;
  /** What the way back says; "Cancel" when nothing else is said. */
  cancel?: string;
  kind?: "primary" | "danger";
  isBusy?: boolean;
  /** Why it was refused, in words. */
  error?: string | null;
  children: ReactNode;
  onClose: () => void;
  onConfirm: () => void;
};

/** The last look before something is done: what it does, and the way back. */
export function ConfirmDialog({
  title,
  description,
  confirm,
  cancel,
  kind = "primary",
  isBusy,
  error,
  children,
  onClose,
  onConfirm,
}: Props) {
  const common = useTranslations("common");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{cancel ?? common("cancel")}</Button>
          <Button kind={kind} onClick={onConfirm} isBusy={isBusy}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error ? (
        <p role="alert" className="pt-2 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}
