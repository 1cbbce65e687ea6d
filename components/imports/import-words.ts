"use client";

import { useTranslations } from "next-intl";
import type { ImportView } from "@/lib/imports/schema";

/** The state of an import in words: a check that ended wrote nothing. */
export function useStatusWords(): (view: Pick<ImportView, "status" | "dryRun">) => string {
  const t = useTranslations("imports");
  return ({ status, dryRun }) => t(`status.${dryRun && status === "done" ? "checked" : status}`);
}

/** Why an import failed, or is held up; empty when nothing is wrong. */
export function useErrorWords(): (error: string | null) => string {
  const t = useTranslations("imports");
  return (error) => {
    if (error === null) return "";
    const refused = error.startsWith("file_") ? error.slice(5) : "";
    if (refused && t.has(`refused.${refused}`)) return t(`refused.${refused}`);
    return t.has(`errors.${error}`) ? t(`errors.${error}`) : t("errors.other");
  };
}

/** The sentence that says what an import did, or would do. */
export function useStatement(): (view: ImportView) => string {
  const t = useTranslations("imports.report");
  const errorWords = useErrorWords();
  return ({ status, dryRun, counts, error, undo }) => {
    const held = error === "retrying" ? ` ${errorWords(error)}` : "";
    if (status === "queued") return t("queued") + held;
    if (status === "running") return (dryRun ? t("checkRunning") : t("running", { rows: counts.rows })) + held;
    if (status === "failed") return `${errorWords(error)} ${t("failed")}`;
    if (status === "undoing") return t("undoing");
    if (status === "undone") {
      const { removed = 0, restored = 0, keptCount: kept = 0 } = undo ?? {};
      return t("undone", { removed, restored, kept });
    }
    return t(dryRun ? "checked" : "done", { ...counts });
  };
}
