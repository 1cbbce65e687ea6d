"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { entryStatuses, phases, type StageInput, type TemplateSpoke } from "@/lib/templates/schema";
import { NumberInput } from "./number-input";
import { TouchpointList } from "./touchpoint-list";
import type { EditedStage } from "./use-draft";

type Props = {
  stage: EditedStage;
  /** The stages that come later: where one may go on to. */
  later: readonly EditedStage[];
  spokes: readonly TemplateSpoke[];
  /** What is wrong with a field of this stage, in words. */
  errorOf: (field: string) => string | undefined;
  onChange: (change: Partial<EditedStage>) => void;
};

/** Everything about one stage. */
export function StageForm({ stage, later, spokes, errorOf, onChange }: Props) {
  const t = useTranslations("templates");
  return (
    <div className="grid gap-5">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("stage_name")} error={errorOf("name")} isRequired>
          {(control) => (
            <Input
              {...control}
              value={stage.name}
              maxLength={120}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("key")} hint={t("key_hint")} error={errorOf("key")} isRequired>
          {(control) => (
            <Input
              {...control}
              dir="ltr"
              value={stage.key}
              maxLength={60}
              onChange={(event) => onChange({ key: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("spoke")} hint={t("spoke_hint")} error={errorOf("spokeId")}>
          {(control) => (
            <Select
              {...control}
              value={stage.spokeId}
              onChange={(event) => onChange({ spokeId: event.target.value })}
              options={spokes.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <Field label={t("entry")} hint={t("entry_hint")} error={errorOf("entryStatus")}>
          {(control) => (
            <Select
              {...control}
              value={stage.entryStatus}
              onChange={(event) => onChange({ entryStatus: event.target.value as StageInput["entryStatus"] })}
              options={entryStatuses.map((value) => ({ value, label: t(`entry_status.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("phase")}>
          {(control) => (
            <Select
              {...control}
              value={stage.phase}
              onChange={(event) => onChange({ phase: event.target.value as StageInput["phase"] })}
              options={phases.map((value) => ({ value, label: t(`phases.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("silence")} hint={t("silence_hint")} error={errorOf("silenceDays")}>
          {(control) => (
            <NumberInput
              {...control}
              step={1}
              value={stage.silenceDays}
              onNumber={(silenceDays) =>
                onChange({ silenceDays: silenceDays === null ? null : Math.round(silenceDays) })
              }
            />
          )}
        </Field>
        <Field label={t("p50")} hint={t("p50_hint")} error={errorOf("dwellP50Days")}>
          {(control) => (
            <NumberInput
              {...control}
              value={stage.dwellP50Days}
              onNumber={(dwellP50Days) => onChange({ dwellP50Days })}
            />
          )}
        </Field>
        <Field label={t("p80")} hint={t("p80_hint")} error={errorOf("dwellP80Days")}>
          {(control) => (
            <NumberInput
              {...control}
              value={stage.dwellP80Days}
              onNumber={(dwellP80Days) => onChange({ dwellP80Days })}
            />
          )}
        </Field>
      </div>
      <NextStages stage={stage} later={later} error={errorOf("allowedNext")} onChange={onChange} />
      <RequiredFields key={stage.id} stage={stage} error={errorOf("requiredFields")} onChange={onChange} />
      <TouchpointList
        touchpoints={stage.touchpoints}
        spokes={spokes}
        errorOf={errorOf}
        onChange={(touchpoints) => onChange({ touchpoints })}
      />
    </div>
  );
}

type PartProps = Pick<Props, "stage" | "onChange"> & { error: string | undefined };

function NextStages({ stage, later, error, onChange }: PartProps & Pick<Props, "later">) {
  const t = useTranslations("templates");
  return (
    <fieldset>
      <legend className="font-medium text-12 text-ink-2">{t("next")}</legend>
      <p className="pb-1 text-12 text-ink-3">{later.length === 0 ? t("next_last") : t("next_hint")}</p>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {later.map(({ id, key, name }) => (
          <Checkbox
            key={id}
            label={name || key}
            checked={stage.allowedNext.includes(key)}
            onChange={(event) =>
              onChange({
                allowedNext: later
                  .map((each) => each.key)
                  .filter((each) => (each === key ? event.target.checked : stage.allowedNext.includes(each))),
              })
            }
          />
        ))}
      </div>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function RequiredFields({ stage, error, onChange }: PartProps) {
  const t = useTranslations("templates");
  const [text, setText] = useState(stage.requiredFields.join(", "));
  return (
    <Field label={t("required")} hint={t("required_hint")} error={error}>
      {(control) => (
        <Input
          {...control}
          dir="ltr"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const keys = event.target.value.split(/[\s,]+/).filter((key) => key !== "");
            onChange({ requiredFields: keys.slice(0, 40) });
          }}
        />
      )}
    </Field>
  );
}
