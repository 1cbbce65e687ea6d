"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { EditProps } from "./edit-form";

const EditForm = late(() => import("./edit-form").then((module) => module.EditForm));

/** Opens what a proposal offers to change it; the form loads on first use. */
export function EditButton(props: EditProps) {
  const t = useTranslations("proposals");
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <EditForm {...props} onDone={() => setOpen(false)} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t("edit")}</Button>
    </div>
  );
}
