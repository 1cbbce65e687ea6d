"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { acknowledgeItemAction, actOnItemAction } from "@/lib/digest/actions";
import type { ItemState } from "@/lib/digest/schema";

type Props = { workspace: string; id: string; version: number; state: ItemState; title: string };

/** Read it, or say what is done about it. */
export function DecideButtons({ workspace, id, version, state, title }: Props) {
  const t = useTranslations("digest");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isActing, setActing] = useState(false);
  const [action, setAction] = useState("");
  const labelOf = (act: "acknowledge" | "act") => t("of_item", { act: t(act), title });
  const acknowledge = async () => {
    if (await run(() => acknowledgeItemAction(workspace, { id, version }))) router.refresh();
  };
  const act = async () => {
    if (!action.trim() || !(await run(() => actOnItemAction(workspace, { id, version, action })))) return;
    setActing(false);
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-center gap-2 pt-1">
      {state === "open" ? (
        <Button onClick={() => void acknowledge()} isBusy={isBusy} aria-label={labelOf("acknowledge")}>
          {t("acknowledge")}
        </Button>
      ) : null}
      <Button kind="text" onClick={() => setActing(true)} aria-label={labelOf("act")}>
        {t("act")}
      </Button>
      {error && !isActing ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
      {isActing ? (
        <ConfirmDialog
          title={title}
          confirm={t("act_save")}
          isBusy={isBusy}
          error={error}
          onClose={() => setActing(false)}
          onConfirm={() => void act()}
        >
          <Field label={t("act_do")} isRequired>
            {(control) => (
              <Textarea
                {...control}
                maxLength={500}
                value={action}
                onChange={(event) => setAction(event.target.value)}
              />
            )}
          </Field>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
