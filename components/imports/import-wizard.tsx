"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailedState } from "@/components/ui/failed-state";
import { FileDrop } from "@/components/ui/file-drop";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import { say } from "@/components/ui/toast";
import { createImportAction } from "@/lib/imports/actions";
import { type ImportField, type ImportPreview, maxFileBytes } from "@/lib/imports/schema";
import { paths } from "@/lib/paths";
import { errorOf, unwrap } from "@/lib/request";
import { FileTable } from "./file-table";
import { MappingTable } from "./mapping-table";
import { PreviewTable } from "./preview-table";
import { uploadFile } from "./upload-file";
import { useDraft } from "./use-draft";
import { type Draft, usePreview } from "./use-imports";

const accepted = ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values";

/** Files in, what they are and bring, and on to the check. Nothing is written here. */
export function ImportWizard({ workspace }: { workspace: string }) {
  const t = useTranslations("imports.wizard");
  const [draft, save] = useDraft();
  const [uploading, setUploading] = useState<string | null>(null);
  const preview = usePreview(workspace, draft);

  const add = async (files: File[]) => {
    const ids = [...draft.files];
    for (const file of files) {
      setUploading(file.name);
      try {
        if (file.size > maxFileBytes) throw new Error("too large");
        ids.push(await uploadFile(workspace, file));
      } catch {
        await say(t("uploadFailed", { name: file.name }), { isError: true });
      }
    }
    setUploading(null);
    if (ids.length > draft.files.length) save({ files: ids, preset: null, mapping: null });
  };
  const remove = (id: string) =>
    save({ files: draft.files.filter((each) => each !== id), preset: null, mapping: null });

  return (
    <>
      <PageHead title={t("title")} statement={t("statement")} />
      <div className="grid gap-2 px-4 pt-4 pb-10 md:px-7">
        <FileDrop
          label={uploading ? t("uploading", { name: uploading }) : t("drop")}
          hint={t("dropHint")}
          accept={accepted}
          onFiles={(files) => void add(files)}
        />
        {draft.files.length > 0 && preview.isPending ? <SkeletonRows label={t("reading")} /> : null}
        {preview.isError ? (
          <FailedState
            title={t("readFailed")}
            onRetry={() => void preview.refetch()}
            requestId={errorOf(preview.error).requestId}
          />
        ) : null}
        {draft.files.length > 0 && preview.data ? (
          <Columns workspace={workspace} draft={draft} preview={preview.data} onRemove={remove} onSave={save} />
        ) : null}
      </div>
    </>
  );
}

type ColumnsProps = {
  workspace: string;
  draft: Draft;
  preview: ImportPreview;
  onRemove: (id: string) => void;
  onSave: (draft: Draft) => void;
};

function Columns({ workspace, draft, preview, onRemove, onSave }: ColumnsProps) {
  const t = useTranslations("imports");
  const isRefused = preview.files.some(({ refused }) => refused !== null);
  const change = (column: string, field: ImportField | null) => {
    const mapping = Object.fromEntries(preview.matches.map((match) => [match.column, match.field]));
    onSave({ ...draft, preset: null, mapping: { ...mapping, [column]: field } });
  };
  return (
    <>
      <SectionHead title={t("steps.files")} />
      <FileTable files={preview.files} onRemove={onRemove} />
      {isRefused ? <p className="text-13 text-bad">{t("wizard.refusedSome")}</p> : null}
      {preview.preset ? (
        <p className="max-w-[46em] pt-2 text-14">{t("wizard.preset", { preset: t(`presets.${preview.preset}`) })}</p>
      ) : (
        <>
          <SectionHead title={t("wizard.mapping")} />
          <MappingTable matches={preview.matches} isChosen={draft.mapping !== null} onChange={change} />
        </>
      )}
      <SectionHead title={t("wizard.preview")} />
      <PreviewTable fields={preview.fields} rows={preview.rows} />
      <p className="max-w-[46em] pt-2 text-12 text-ink-3">{t("wizard.duplicates")}</p>
      <CheckButton workspace={workspace} draft={draft} preview={preview} isRefused={isRefused} />
    </>
  );
}

type CheckProps = { workspace: string; draft: Draft; preview: ImportPreview; isRefused: boolean };

function CheckButton({ workspace, draft, preview, isRefused }: CheckProps) {
  const t = useTranslations("imports");
  const router = useRouter();
  const problem = isRefused ? "" : problemOf(preview);
  const check = useMutation({
    mutationFn: async () => {
      const mapping = Object.fromEntries(preview.matches.map(({ column, field }) => [column, field]));
      const how = preview.preset ? { preset: preview.preset } : { mapping };
      return unwrap(await createImportAction(workspace, { files: draft.files, ...how, dryRun: true }));
    },
    onSuccess: ({ id }) => router.push(paths.import(workspace, id)),
    onError: (error) =>
      say(t("report.refused", { reason: errorOf(error).detail ?? t("report.reasonsOf.other") }), { isError: true }),
  });
  const words =
    problem === "names_nobody"
      ? t("wizard.needsName")
      : problem
        ? t("wizard.fieldTwice", { field: t(`fields.${problem}`) })
        : null;
  return (
    <div className="grid justify-items-start gap-2 pt-4">
      {words ? (
        <p role="alert" className="text-13 text-bad">
          {words}
        </p>
      ) : null}
      <Button
        kind="primary"
        isBusy={check.isPending || check.isSuccess}
        disabled={isRefused || words !== null}
        onClick={() => check.mutate()}
      >
        {check.isPending ? t("wizard.checking") : t("wizard.check")}
      </Button>
    </div>
  );
}

/** `names_nobody`, the field that is matched twice, or nothing. */
function problemOf({ preset, matches }: ImportPreview): "names_nobody" | ImportField | null {
  if (preset) return null;
  const fields = matches.flatMap(({ field }) => field ?? []);
  const naming: readonly ImportField[] = ["name", "given", "family", "email", "phone"];
  if (!fields.some((field) => naming.includes(field))) return "names_nobody";
  const twice = fields.find(
    (field, index) => field !== "email" && field !== "phone" && fields.indexOf(field) !== index,
  );
  return twice ?? null;
}
