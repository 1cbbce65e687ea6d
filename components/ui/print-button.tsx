"use client";

import { Printer } from "lucide-react";
import { Button } from "./button";

/** Hands the page to the printer, laid out for paper. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button kind="plain" onClick={() => window.print()}>
      <Printer aria-hidden className="size-4" strokeWidth={1.5} />
      {label}
    </Button>
  );
}
