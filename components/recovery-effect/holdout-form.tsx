"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useWrite } from "@/components/ui/use-write";
import { setRecoveryAction } from "@/lib/recovery-cases/actions";
import type { RecoverySettings } from "@/lib/recovery-cases/schema";

type Props = { workspace: string; settings: RecoverySettings };

const most = 20;

/** For how many of a hundred light cases no play is played, so that what plays do can be told. */
export function HoldoutForm({ workspace, settings }: Props) {
  const t = useTranslations("recovery");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [holdoutPercent, setPercent] = useState(settings.holdoutPercent);
  const save = async () => {
    if (await run(() => setRecoveryAction(workspace, { ...settings, holdoutPercent }))) router.refresh();
  };
  return (
    <div className="grid gap-2 pt-1" aria-busy={isBusy}>
      <p className="max-w-[64em] text-13 text-ink-2">{t("share_hint")}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label={`${t("share")}, %`}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={most}
              className="w-24"
              value={holdoutPercent}
              onChange={(event) => setPercent(Math.min(most, Math.max(0, Math.round(event.target.valueAsNumber || 0))))}
            />
          )}
        </Field>
        <Button onClick={save} isBusy={isBusy}>
          {common("save")}
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
