"use client";

import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { roles } from "@/lib/auth/roles";
import type { MomentView } from "@/lib/moments/schema";
import { needsThreshold } from "@/lib/standards/rules";
import { type CriterionInput, criterionKinds, criticalKinds, operationalRules } from "@/lib/standards/schema";
import type { EditedCriterion } from "./use-draft";

type Props = {
  criterion: EditedCriterion;
  moments: readonly MomentView[];
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<CriterionInput>) => void;
  onRemove: () => void;
};

/** Everything about one criterion. */
export function CriterionForm({ criterion, moments, errorOf, onChange, onRemove }: Props) {
  const t = useTranslations("standards");
  const isHebrew = useLocale() === "he";
  const members = useTranslations("members");
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Field label={t("criterion")} error={errorOf("name")} isRequired>
        {(control) => (
          <Input
            {...control}
            dir="auto"
            value={criterion.name}
            maxLength={160}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("criterion_he")}>
        {(control) => (
          <Input
            {...control}
            dir="rtl"
            lang="he"
            value={criterion.nameHe}
            maxLength={160}
            onChange={(event) => onChange({ nameHe: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("weight")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={0}
            max={1000}
            step={1}
            value={criterion.weight}
            onChange={(event) => onChange({ weight: Math.max(0, Math.round(event.target.valueAsNumber || 0)) })}
          />
        )}
      </Field>
      <Judging criterion={criterion} errorOf={errorOf} onChange={onChange} />
      <Field label={t("critical")}>
        {(control) => (
          <Select
            {...control}
            value={criterion.critical ?? ""}
            placeholder={t("not_critical")}
            onChange={(event) =>
              onChange({ critical: criticalKinds.find((each) => each === event.target.value) ?? null })
            }
            options={criticalKinds.map((value) => ({ value, label: t(`criticals.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("moment")} error={errorOf("momentId")}>
        {(control) => (
          <Select
            {...control}
            value={criterion.momentId ?? ""}
            placeholder={t("no_moment")}
            onChange={(event) => onChange({ momentId: event.target.value || null })}
            options={moments.map(({ id, name, nameHe }) => ({ value: id, label: (isHebrew && nameHe) || name }))}
          />
        )}
      </Field>
      <Field label={t("responsible")}>
        {(control) => (
          <Select
            {...control}
            value={criterion.responsibleRole ?? ""}
            placeholder={t("nobody")}
            onChange={(event) =>
              onChange({ responsibleRole: roles.find((each) => each === event.target.value) ?? null })
            }
            options={roles.map((value) => ({ value, label: members(`roles.${value}`) }))}
          />
        )}
      </Field>
      <div className="flex h-full items-end justify-end">
        <IconButton icon={Trash2} label={t("remove", { name: criterion.name })} onClick={onRemove} />
      </div>
    </div>
  );
}

function Judging({ criterion, errorOf, onChange }: Pick<Props, "criterion" | "errorOf" | "onChange">) {
  const t = useTranslations("standards");
  const { kind, rule, threshold } = criterion;
  return (
    <>
      <Field label={t("kind")} error={errorOf("rule")}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={(event) => {
              const next = criterionKinds.find((each) => each === event.target.value) ?? kind;
              onChange({ kind: next, ...(next === "operational" ? {} : { rule: null }) });
            }}
            options={criterionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
        )}
      </Field>
      {kind === "operational" ? (
        <Field label={t("rule")}>
          {(control) => (
            <Select
              {...control}
              value={rule ?? ""}
              placeholder={t("by_person")}
              onChange={(event) =>
                onChange({ rule: operationalRules.find((each) => each === event.target.value) ?? null })
              }
              options={operationalRules.map((value) => ({ value, label: t(`rules.${value}`) }))}
            />
          )}
        </Field>
      ) : null}
      {needsThreshold(criterion) ? (
        <Field
          label={t(kind === "customer" ? "threshold_score" : `thresholds.${rule}`)}
          error={errorOf("threshold")}
          isRequired
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              step="any"
              value={threshold ?? ""}
              onChange={(event) =>
                onChange({ threshold: Number.isNaN(event.target.valueAsNumber) ? null : event.target.valueAsNumber })
              }
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
