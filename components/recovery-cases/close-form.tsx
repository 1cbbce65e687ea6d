"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type CauseOption, CauseSelect } from "@/components/ui/cause-select";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { closeCaseAction } from "@/lib/recovery-cases/actions";
import type { CaseView } from "@/lib/recovery-cases/schema";

type Props = { workspace: string; found: CaseView; causes: readonly CauseOption[] };

/** What came of it and why it had happened; there once the customer was told. */
export function CloseForm({ workspace, found, causes }: Props) {
  const t = useTranslations("cases");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [cause, setCause] = useState("");
  const [outcome, setOutcome] = useState("");
  const close = async (state: "recovered" | "lost") => {
    const input = { id: found.id, version: found.version, state, outcome, cause };
    if (await run(() => closeCaseAction(workspace, input))) router.refresh();
  };
  const isReady = cause !== "" && outcome.trim() !== "";
  return (
    <div className="mt-3 grid gap-3 border-hairline border-t pt-3" aria-busy={isBusy}>
      <div className="grid gap-3 md:grid-cols-[14rem_minmax(0,1fr)]">
        <CauseSelect
          label={t("cause")}
          placeholder={t("choose_cause")}
          causes={causes}
          value={cause}
          onChange={setCause}
        />
        <Field label={t("outcome")} isRequired>
          {(control) => (
            <Textarea
              {...control}
              className="min-h-8"
              maxLength={2000}
              value={outcome}
              onChange={(event) => setOutcome(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" onClick={() => void close("recovered")} isBusy={isBusy} disabled={!isReady}>
          {t("close_recovered")}
        </Button>
        <Button onClick={() => void close("lost")} disabled={!isReady || isBusy}>
          {t("close_lost")}
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
