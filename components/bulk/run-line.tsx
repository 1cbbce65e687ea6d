"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Progress } from "@/components/ui/progress";
import { useWrite } from "@/components/ui/use-write";
import { cancelBulkAction, undoBulkAction } from "@/lib/bulk/actions";
import { isMoving } from "@/lib/bulk/rules";
import type { BulkRunView } from "@/lib/bulk/schema";
import { useRefreshRuns } from "./use-bulk";

type Props = {
  workspace: string;
  run: BulkRunView;
  now: number;
  /** Whether the keys of undo mean this one. */
  isLatest: boolean;
  onOpen: () => void;
  onDismiss: () => void;
};

function useRunWords(): (run: BulkRunView) => string {
  const assigning = useAssignWords();
  const recovering = useRecoverWords();
  return (run) => (run.kind === "recover" ? recovering(run) : assigning(run));
}

function useRecoverWords(): (run: BulkRunView) => string {
  const [t, all] = [useTranslations("bulk.recover"), useTranslations("bulk")];
  return ({ status, counts, total, error }) => {
    const toDo = total - counts.unchanged;
    const taken = counts.restored + counts.kept;
    if (status === "queued" || status === "running") return t("running", { done: toDo - counts.waiting, count: toDo });
    if (status === "undoing") return t("undoing", { done: taken, count: taken + counts.changed });
    if (status === "failed") return t("failed", { reason: all.has(`reasons.${error}`) ? all(`reasons.${error}`) : "" });
    return status === "undone" ? t("undone", { count: counts.restored }) : t("done", { count: counts.changed });
  };
}

function useAssignWords(): (run: BulkRunView) => string {
  const t = useTranslations("bulk");
  return ({ status, counts, memberName: name, total, isRequest, error }) => {
    const toDo = total - counts.unchanged;
    if (status === "queued" || status === "running")
      return t("running", { name, done: toDo - counts.waiting, count: toDo });
    if (status === "undoing")
      return t("undoing", {
        done: counts.restored + counts.kept,
        count: counts.restored + counts.kept + counts.changed,
      });
    if (status === "failed") return t("failed", { reason: t.has(`reasons.${error}`) ? t(`reasons.${error}`) : "" });
    if (status === "undone") return t("undone", { count: counts.restored });
    return isRequest ? t("asked", { count: counts.requested, name }) : t("moved", { count: counts.changed, name });
  };
}

/** One run in a line. */
export function RunLine({ workspace, run, now, isLatest, onOpen, onDismiss }: Props) {
  const t = useTranslations("bulk");
  const words = useRunWords()(run);
  const refresh = useRefreshRuns(workspace);
  const write = useWrite();
  const moving = isMoving(run);
  const { waiting, unchanged, changed, restored, kept, refused } = run.counts;
  const toDo = Math.max(1, run.status === "undoing" ? changed + restored + kept : run.total - unchanged);
  const share = run.status === "undoing" ? (restored + kept) / toDo : (run.total - unchanged - waiting) / toDo;
  const undo = async () => {
    await write.run(() => undoBulkAction(workspace, { id: run.id }));
    await refresh();
  };
  const isUndoable = run.undoUntil !== null && now < Date.parse(run.undoUntil);
  useShortcuts(isLatest && isUndoable ? [{ keys: "$mod+z", label: t("undo"), run: () => void undo() }] : []);
  const stop = async () => {
    await write.run(() => cancelBulkAction(workspace, { id: run.id }));
    await refresh();
  };
  return (
    <section
      aria-label={run.kind === "recover" ? t("recover.run") : t("run")}
      className="grid gap-1.5 border-hairline border-b bg-sunk px-4 py-2 md:px-7"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
        <p role="status" className="num min-w-0 flex-1">
          {words}
          {kept > 0 ? ` ${t("kept", { count: kept })}` : null}
          {refused > 0 ? ` ${t("refused", { count: refused })}` : null}
        </p>
        {refused + kept > 0 ? (
          <Button kind="text" onClick={onOpen}>
            {t("details")}
          </Button>
        ) : null}
        {run.status === "queued" || run.status === "running" ? (
          <Button isBusy={write.isBusy} onClick={() => void stop()}>
            {t("stop")}
          </Button>
        ) : null}
        {isUndoable ? (
          <Button
            aria-keyshortcuts={isLatest ? "Control+Z" : undefined}
            isBusy={write.isBusy}
            onClick={() => void undo()}
          >
            {t("undo")}
          </Button>
        ) : null}
        {moving ? null : <IconButton icon={X} label={t("dismiss")} onClick={onDismiss} />}
      </div>
      {moving ? <Progress share={share} label={words} /> : null}
      {write.error ? (
        <p role="alert" className="text-12 text-bad">
          {write.error}
        </p>
      ) : null}
    </section>
  );
}
