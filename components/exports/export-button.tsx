"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";

const ExportDialog = dynamic(() => import("./export-dialog").then(({ ExportDialog }) => ExportDialog), { ssr: false });

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
