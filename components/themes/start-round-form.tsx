"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { startRoundAction } from "@/lib/themes/actions";

type Props = { workspace: string; coders: readonly { id: string; name: string }[] };

/** Draws a sample for two people; the usual share is a tenth. */
export function StartRoundForm({ workspace, coders }: Props) {
  const t = useTranslations("themes");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const [firstId, setFirst] = useState(coders[0]?.id ?? "");
  const [secondId, setSecond] = useState(coders[1]?.id ?? "");
  const [share, setShare] = useState(10);
  const [weeks, setWeeks] = useState(26);
  const start = async () => {
    const input = { firstId, secondId, weeks, share: share / 100 };
    if (await run(() => startRoundAction(workspace, input))) router.refresh();
  };
  const person = (label: string, value: string, onChange: (id: string) => void, problem?: string) => (
    <Field label={label} error={problem ? t(`lint.${problem}`) : undefined}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={coders.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
  const amount = (label: string, value: number, most: number, onChange: (amount: number) => void) => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          min={label === t("coding.weeks") ? 0 : 1}
          max={most}
          className="w-24"
          value={value}
          onChange={(event) => onChange(Math.min(most, Math.max(0, Math.round(event.target.valueAsNumber || 0))))}
        />
      )}
    </Field>
  );
  if (coders.length < 2) return <p className="text-13 text-ink-2">{t("coding.two_needed")}</p>;
  return (
    <div className="flex flex-wrap items-end gap-3 border-hairline border-b pb-4" aria-busy={isBusy}>
      {person(t("coding.first"), firstId, setFirst)}
      {person(t("coding.second"), secondId, setSecond, fields.secondId)}
      {amount(t("coding.share"), share, 100, setShare)}
      {amount(t("coding.weeks"), weeks, 520, setWeeks)}
      <Button kind="primary" onClick={start} isBusy={isBusy} disabled={firstId === secondId || share < 1}>
        {t("coding.start")}
      </Button>
      {error ? (
        <p role="alert" className="w-full text-13 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
