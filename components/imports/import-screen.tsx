"use client";

import { useFormatter, useTranslations } from "next-intl";
import { FailedState } from "@/components/ui/failed-state";
import { PageHead } from "@/components/ui/page-head";
import { Progress } from "@/components/ui/progress";
import { SectionHead } from "@/components/ui/section-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ImportReport } from "@/lib/imports/schema";
import { errorOf } from "@/lib/request";
import { FileTable } from "./file-table";
import { ImportActions } from "./import-actions";
import { ImportFlagged, ImportKept } from "./import-people";
import { useStatement } from "./import-words";
import { RejectTable } from "./reject-table";
import { isMoving, useImport } from "./use-imports";

/** One import: how far it is, what it did or would do, what was rejected, and its undo. */
export function ImportScreen({ workspace, id }: { workspace: string; id: string }) {
  const t = useTranslations("imports.report");
  const { data: view, error, isPending, refetch } = useImport(workspace, id);
  if (error && !view) {
    return <FailedState title={t("loadFailed")} onRetry={() => void refetch()} requestId={errorOf(error).requestId} />;
  }
  if (isPending || !view) return <SkeletonRows label={t("progress")} />;
  return <Report workspace={workspace} view={view} />;
}

function Report({ workspace, view }: { workspace: string; view: ImportReport }) {
  const t = useTranslations("imports");
  const statement = useStatement();
  const title = view.dryRun ? t("report.checkTitle", { name: view.name }) : view.name;
  return (
    <div aria-busy={isMoving(view)}>
      <PageHead
        title={<bdi>{title}</bdi>}
        statement={
          <span role="status" aria-live="polite">
            {statement(view)}
          </span>
        }
      >
        <ImportActions workspace={workspace} view={view} />
      </PageHead>
      <div className="grid gap-2 px-4 pt-4 pb-10 md:px-7">
        {isMoving(view) ? (
          <Progress share={view.status === "queued" ? null : view.progress} label={t("report.progress")} />
        ) : null}
        <Counts view={view} />
        <ImportKept workspace={workspace} undo={view.undo} />
        {view.undo ? (
          <p className="text-13 text-ink-2">
            {t("report.members", { removed: view.undo.removedMembers, kept: view.undo.keptMembers })}
          </p>
        ) : null}
        <RejectTable workspace={workspace} view={view} />
        <ImportFlagged workspace={workspace} flagged={view.flagged} />
        <SectionHead title={t("report.files")} />
        <FileTable files={view.files} />
      </div>
    </div>
  );
}

function Counts({ view }: { view: ImportReport }) {
  const t = useTranslations("imports.report");
  const format = useFormatter();
  const names = ["rows", "created", "matched", "rejected", "flagged"] as const;
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 py-2">
      {names.map((name) => (
        <div key={name} className="grid">
          <dt className="text-12 text-ink-3">{name === "created" && view.dryRun ? t("wouldCreate") : t(name)}</dt>
          <dd className="font-serif text-28 tabular-nums">{format.number(view.counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
