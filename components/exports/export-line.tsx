"use client";

import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonStyle } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { LinkButton } from "@/components/ui/link-button";
import type { PublicError } from "@/lib/errors";
import { decideExportAction } from "@/lib/exports/actions";
import type { DecideExport, ExportView } from "@/lib/exports/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { useExportWords } from "./export-words";

type Props = { workspace: string; request: ExportView; onDismiss: () => void };

/** One request for a file: to be decided, to be fetched, or told how it ended. */
export function ExportLine({ workspace, request, onDismiss }: Props) {
  const t = useTranslations("exports");
  const client = useQueryClient();
  const words = useExportWords();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const decide = async (decision: DecideExport["decision"]) => {
    setBusy(true);
    const result = await decideExportAction(workspace, { id: request.id, decision }).catch(
      () => ({ ok: false, error: { code: "unavailable", reason: "unavailable" } }) as const,
    );
    setBusy(false);
    setError(result.ok ? null : result.error);
    await client.invalidateQueries({ queryKey: keys.exports.all(workspace) });
  };
  return (
    <section
      aria-label={t("strip")}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b bg-sunk px-4 py-2 text-13 md:px-7"
    >
      <p role="status" className="min-w-0 flex-1 break-words">
        <bdi>{words.line(request)}</bdi>
      </p>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {words.error(error)}
        </p>
      ) : null}
      {request.isMine ? (
        <>
          {request.fetchableUntil ? (
            <a
              className={buttonStyle({ kind: "plain" })}
              href={paths.api(workspace, `/exports/${request.id}`)}
              download
            >
              {t("fetch")}
            </a>
          ) : null}
          <IconButton icon={X} label={t("dismiss")} onClick={onDismiss} />
        </>
      ) : (
        <>
          <LinkButton href={paths.customers(workspace, request.query)}>{t("look")}</LinkButton>
          <Button isBusy={isBusy} onClick={() => void decide("refused")}>
            {t("refuse")}
          </Button>
          <Button isBusy={isBusy} onClick={() => void decide("approved")}>
            {t("approve")}
          </Button>
        </>
      )}
    </section>
  );
}
