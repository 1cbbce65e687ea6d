"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { waiveConflictAction } from "@/lib/proposals/actions";

type Props = { workspace: string; id: string; version: number; name: string };

/** Lets a disagreement stand, once somebody says why. */
export function WaiveConflict({ workspace, id, version, name }: Props) {
  const t = useTranslations("proposals");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null)
    return (
      <Button aria-label={t("waive_of", { name })} onClick={() => setReason("")}>
        {t("waive")}
      </Button>
    );
  return (
    <form
      className="grid w-full max-w-180 gap-2 py-1"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => waiveConflictAction(workspace, { id, version, reason })).then(() => router.refresh());
      }}
    >
      <Field label={t("waive_reason")} hint={t("waive_hint")} isRequired>
        {(control) => (
          <Textarea
            {...{ ...control, dir: "auto", required: true, maxLength: 2000, rows: 2, value: reason }}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" isBusy={isBusy} disabled={reason.trim() === ""}>
          {t("waive")}
        </Button>
      </div>
      <Problem text={error} />
    </form>
  );
}
