"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { newId } from "@/lib/identifiers";
import { interactionTypes, media } from "@/lib/journeys/vocabulary";
import type { TemplateSpoke, TouchpointInput } from "@/lib/templates/schema";
import { NumberInput } from "./number-input";
import type { EditedTouchpoint } from "./use-draft";

type Props = {
  touchpoints: readonly EditedTouchpoint[];
  spokes: readonly TemplateSpoke[];
  errorOf: (field: string) => string | undefined;
  onChange: (touchpoints: EditedTouchpoint[]) => void;
};

const units = ["staffed_minutes", "hours", "business_days", "calendar_days"] as const;

/** What is expected in the stage: the first is planned on entering, each with the time it may take. */
export function TouchpointList({ touchpoints, spokes, errorOf, onChange }: Props) {
  const t = useTranslations("templates");
  const replace = (index: number, change: Partial<TouchpointInput>) =>
    onChange(touchpoints.map((each, place) => (place === index ? { ...each, ...change } : each)));
  return (
    <fieldset className="grid gap-2">
      <legend className="font-medium text-12 text-ink-2">{t("touchpoints")}</legend>
      <p className="text-12 text-ink-3">{t("touchpoints_hint")}</p>
      <ol className="grid gap-3">
        {touchpoints.map((touchpoint, index) => (
          <li key={touchpoint.id} className="border-hairline border-t pt-3">
            <TouchpointForm
              touchpoint={touchpoint}
              spokes={spokes}
              errorOf={(field) => errorOf(`touchpoints.${index}.${field}`)}
              onChange={(change) => replace(index, change)}
              onRemove={() => onChange(touchpoints.filter((_, place) => place !== index))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          onClick={() =>
            onChange([
              ...touchpoints,
              {
                id: newId(),
                name: "",
                type: "follow-up",
                medium: "phone",
                spokeKey: null,
                due: { unit: "business_days", amount: 1 },
              },
            ])
          }
        >
          {t("add_touchpoint")}
        </Button>
      </div>
    </fieldset>
  );
}

type FormProps = Pick<Props, "spokes" | "errorOf"> & {
  touchpoint: TouchpointInput;
  onChange: (change: Partial<TouchpointInput>) => void;
  onRemove: () => void;
};

function TouchpointForm({ touchpoint, spokes, errorOf, onChange, onRemove }: FormProps) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const { due } = touchpoint;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={t("touchpoint_name")} error={errorOf("name")} isRequired>
        {(control) => (
          <Input
            {...control}
            value={touchpoint.name}
            maxLength={200}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("type")} error={errorOf("type")}>
        {(control) => (
          <Select
            {...control}
            value={touchpoint.type}
            onChange={(event) => onChange({ type: event.target.value })}
            options={interactionTypes.map((value) => ({ value, label: t(`types.${value.replaceAll(/[ /]/g, "_")}`) }))}
          />
        )}
      </Field>
      <Field label={t("medium")}>
        {(control) => (
          <Select
            {...control}
            value={touchpoint.medium ?? ""}
            placeholder={t("any")}
            onChange={(event) => onChange({ medium: media.find((each) => each === event.target.value) ?? null })}
            options={media.map((value) => ({ value, label: common(`media.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("by_spoke")} error={errorOf("spokeKey")}>
        {(control) => (
          <Select
            {...control}
            value={touchpoint.spokeKey ?? ""}
            placeholder={t("stages_own")}
            onChange={(event) => onChange({ spokeKey: event.target.value || null })}
            options={spokes.map(({ key, name }) => ({ value: key, label: name }))}
          />
        )}
      </Field>
      <Field label={t("due")} error={errorOf("due.amount")}>
        {(control) => (
          <span className="flex gap-2">
            <NumberInput
              {...control}
              step={1}
              value={due?.amount ?? null}
              onNumber={(amount) =>
                onChange({
                  due: amount === null ? null : { unit: due?.unit ?? "business_days", amount: Math.round(amount) },
                })
              }
            />
            <Select
              aria-label={t("unit")}
              disabled={due === null}
              value={due?.unit ?? "business_days"}
              onChange={(event) => {
                const unit = units.find((each) => each === event.target.value);
                if (due && unit) onChange({ due: { ...due, unit } });
              }}
              options={units.map((value) => ({ value, label: t(`units.${value}`) }))}
            />
          </span>
        )}
      </Field>
      <div className="flex h-full items-center">
        <IconButton icon={Trash2} label={t("remove", { name: touchpoint.name })} onClick={onRemove} />
      </div>
    </div>
  );
}
