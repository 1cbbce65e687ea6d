"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { LinkButton } from "@/components/ui/link-button";
import { say } from "@/components/ui/toast";
import { startImportAction, undoImportAction } from "@/lib/imports/actions";
import { planStart, planUndo } from "@/lib/imports/rules";
import type { ImportView } from "@/lib/imports/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf, unwrap } from "@/lib/request";

const UndoDialog = late(() => import("./undo-dialog").then(({ UndoDialog }) => UndoDialog));

type Props = { workspace: string; view: ImportView };

/** What can be done with an import as it stands: start what was checked, look at the customers, take it back. */
export function ImportActions({ workspace, view }: Props) {
  const t = useTranslations("imports.report");
  const router = useRouter();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const explain = (thrown: unknown) => {
    const { reason } = errorOf(thrown);
    const words = t.has(`reasonsOf.${reason}`) ? t(`reasonsOf.${reason}`) : t("reasonsOf.other");
    return say(t("refused", { reason: words }), { isError: true });
  };
  const start = useMutation({
    mutationFn: async () => unwrap(await startImportAction(workspace, { id: view.id })),
    onSuccess: ({ id }) => router.push(paths.import(workspace, id)),
    onError: explain,
  });
  const undo = useMutation({
    mutationFn: async () => unwrap(await undoImportAction(workspace, { id: view.id })),
    onError: explain,
    onSettled: () => client.invalidateQueries({ queryKey: keys.imports.all(workspace) }),
  });
  const isStartable = planStart(view).ok && view.counts.created + view.counts.matched > 0;
  return (
    <>
      {view.dryRun && !isStarted(view) ? (
        <LinkButton href={changeAddress(workspace, view)}>{t("change")}</LinkButton>
      ) : null}
      {isStartable ? (
        <Button kind="primary" isBusy={start.isPending || start.isSuccess} onClick={() => start.mutate()}>
          {start.isPending ? t("starting") : t("start")}
        </Button>
      ) : null}
      {!view.dryRun && view.status === "done" ? (
        <LinkButton href={paths.customers(workspace)}>{t("customers")}</LinkButton>
      ) : null}
      {planUndo(view).ok ? (
        <Button kind="danger" isBusy={undo.isPending} onClick={() => setAsking(true)}>
          {t("undo")}
        </Button>
      ) : null}
      {isAsking ? (
        <UndoDialog
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            undo.mutate();
          }}
        />
      ) : null}
    </>
  );
}

function isStarted({ status }: ImportView): boolean {
  return status === "queued" || status === "running";
}

/** Back to the columns with the same files and what was chosen. */
function changeAddress(workspace: string, { files, preset, mapping }: ImportView) {
  const search = new URLSearchParams({ files: files.map(({ id }) => id).join(",") });
  if (!preset) search.set("mapping", JSON.stringify(mapping));
  return `${paths.newImport(workspace)}?${search}` as const;
}
