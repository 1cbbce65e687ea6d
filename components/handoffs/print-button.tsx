"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Prints the page as it stands. */
export function PrintButton() {
  const t = useTranslations("handoffs");
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden className="size-4" strokeWidth={1.5} />
      {t("print")}
    </Button>
  );
}
