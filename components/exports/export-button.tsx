"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";

const ExportDialog = late(() => import("./export-dialog").then(({ ExportDialog }) => ExportDialog));

/** Asks for a file of the list as it is filtered now. */
export function ExportButton({ workspace, query }: { workspace: string; query: string }) {
  const t = useTranslations("exports");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("ask")}</Button>
      {isOpen ? <ExportDialog workspace={workspace} query={query} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
