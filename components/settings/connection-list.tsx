"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { late } from "@/components/ui/late";
import { say } from "@/components/ui/toast";
import { removeConnectionAction } from "@/lib/connections/actions";
import type { ConnectionView } from "@/lib/connections/schema";

const ConfirmDialog = late(() => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog));

/** The providers of a workspace, each with the address that has to be registered there. */
export function ConnectionList({
  workspace,
  connections,
}: {
  workspace: string;
  connections: readonly ConnectionView[];
}) {
  const t = useTranslations("settings.signOn");
  const words = useErrorWords();
  const router = useRouter();
  const [asked, setAsked] = useState<ConnectionView | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function remove({ id }: ConnectionView) {
    setBusy(true);
    const result = await removeConnectionAction(workspace, { id });
    setBusy(false);
    setAsked(null);
    if (!result.ok) void say(words(result.error), { isError: true });
    router.refresh();
  }

  return (
    <>
      <ul>
        {connections.map((connection) => (
          <li key={connection.id} className="flex flex-wrap items-start gap-3 border-hairline border-t py-3">
            <div className="min-w-0 grow">
              <p className="font-550 text-14">
                <bdi>{connection.name}</bdi>
              </p>
              <p className="text-12 text-ink-2">
                <bdi className="break-all">{connection.issuer}</bdi>
              </p>
              <p className="text-12 text-ink-3">
                {t("redirect")}: <bdi className="break-all">{connection.redirectUri}</bdi>
              </p>
            </div>
            <Button kind="text" onClick={() => setAsked(connection)} aria-label={`${t("remove")}: ${connection.name}`}>
              {t("remove")}
            </Button>
          </li>
        ))}
      </ul>
      {asked ? (
        <ConfirmDialog
          title={t("remove_title", { name: asked.name })}
          confirm={t("remove")}
          kind="danger"
          isBusy={isBusy}
          onClose={() => setAsked(null)}
          onConfirm={() => remove(asked)}
        >
          <p className="text-14 text-ink-2">{t("remove_text")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
