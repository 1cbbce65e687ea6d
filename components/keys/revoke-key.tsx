"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { say } from "@/components/ui/toast";
import { revokeKeyAction } from "@/lib/keys/actions";

const ConfirmDialog = late(() => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog));

/** Ends a key after one question, because nothing brings it back. */
export function RevokeKey({ workspace, id, name }: { workspace: string; id: string; name: string }) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  async function revoke() {
    setIsBusy(true);
    const result = await revokeKeyAction(workspace, { id });
    setIsBusy(false);
    setIsAsking(false);
    void say(result.ok ? t("was_revoked") : common(`errors.${result.error.code}`), { isError: !result.ok });
    router.refresh();
  }

  return (
    <>
      <Button
        kind="text"
        className="-ms-1.5 h-auto"
        onClick={() => setIsAsking(true)}
        aria-label={`${t("revoke")}: ${name}`}
      >
        {t("revoke")}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={t("revoke_title")}
          confirm={t("revoke")}
          kind="danger"
          isBusy={isBusy}
          onClose={() => setIsAsking(false)}
          onConfirm={revoke}
        >
          <p className="text-14 text-ink-2">{t("revoke_text", { name })}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
