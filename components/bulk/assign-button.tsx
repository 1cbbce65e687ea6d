"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import type { BulkSelection } from "@/lib/bulk/schema";

const AssignDialog = late(() => import("./assign-dialog").then(({ AssignDialog }) => AssignDialog));

type Props = {
  workspace: string;
  selection: BulkSelection;
  oscs: readonly { id: string; name: string }[];
  isRequest: boolean;
  onStarted: () => void;
};

/** Opens the question who becomes the OSC of those who are chosen. */
export function AssignButton({ workspace, selection, oscs, isRequest, onStarted }: Props) {
  const t = useTranslations("bulk");
  const [isOpen, setOpen] = useState(false);
  useShortcuts([{ keys: "a", label: t("assign"), run: () => setOpen(true) }]);
  return (
    <>
      <Button aria-keyshortcuts="a" onClick={() => setOpen(true)}>
        {isRequest ? t("ask") : t("assign")}
      </Button>
      {isOpen ? (
        <AssignDialog
          workspace={workspace}
          selection={selection}
          oscs={oscs}
          isRequest={isRequest}
          onClose={() => setOpen(false)}
          onStarted={onStarted}
        />
      ) : null}
    </>
  );
}
