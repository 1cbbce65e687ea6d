"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { MomentOption } from "./enablement-screen";

const ItemDialog = late(() => import("./item-dialog").then((module) => module.ItemDialog));

/** Writes something for a moment that has nothing yet. */
export function WriteButton({ workspace, moment }: { workspace: string; moment: MomentOption }) {
  const t = useTranslations("enablement");
  const name = (useLocale() === "he" && moment.nameHe) || moment.name;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind="text" onClick={() => setOpen(true)} aria-label={t("write_for", { moment: name })}>
        {t("write_it")}
      </Button>
      {isOpen ? (
        <ItemDialog workspace={workspace} item={null} moments={[moment]} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
