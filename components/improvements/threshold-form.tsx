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

/** How often one cause comes back, and within how many days, before a change is proposed. */
export function ThresholdForm({ workspace, settings }: Props) {
  const t = useTranslations("improvements");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [repeatThreshold, setThreshold] = useState(settings.repeatThreshold);
  const [repeatDays, setDays] = useState(settings.repeatDays);
  const save = async () => {
    const input = { repeatThreshold, repeatDays, version: settings.version };
    if (await run(() => setRecoveryAction(workspace, input))) router.refresh();
  };
  const amount = (label: string, value: number, bounds: [number, number], onChange: (value: number) => void) => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          min={bounds[0]}
          max={bounds[1]}
          className="w-24"
          value={value}
          onChange={(event) => onChange(Math.round(event.target.valueAsNumber || bounds[0]))}
        />
      )}
    </Field>
  );
  return (
    <details className="pt-6">
      <summary className="cursor-pointer py-1 text-13 font-550">{t("threshold")}</summary>
      <div className="flex flex-wrap items-end gap-3 pt-2" aria-busy={isBusy}>
        {amount(t("threshold_count"), repeatThreshold, [2, 100], setThreshold)}
        {amount(t("threshold_days"), repeatDays, [7, 365], setDays)}
        <Button onClick={save} isBusy={isBusy}>
          {common("save")}
        </Button>
        {error ? (
          <p role="alert" className="w-full text-12 text-bad">
            {error}
          </p>
        ) : null}
      </div>
    </details>
  );
}
