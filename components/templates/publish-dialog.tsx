"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { say } from "@/components/ui/toast";
import type { PublicError } from "@/lib/errors";
import { paths } from "@/lib/paths";
import { publishTemplateAction } from "@/lib/templates/actions";

type Props = {
  workspace: string;
  id: string;
  version: number;
  /** What publishing changes. */
  children: ReactNode;
  onClose: () => void;
  onRefused: (error: PublicError) => void;
};

/** The last look before publishing. */
export function PublishDialog({ workspace, id, version, children, onClose, onRefused }: Props) {
  const t = useTranslations("templates");
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);

  async function publish() {
    setBusy(true);
    const result = await publishTemplateAction(workspace, { id, version });
    setBusy(false);
    onClose();
    if (!result.ok) return onRefused(result.error);
    void say(t("published", { number: result.data.number }));
    router.push(paths.templates(workspace));
    router.refresh();
  }

  return (
    <ConfirmDialog
      title={t("publish_title")}
      description={t("publish_hint")}
      confirm={t("publish_now")}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={publish}
    >
      {children}
    </ConfirmDialog>
  );
}
