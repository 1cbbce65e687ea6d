"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { newId } from "@/lib/identifiers";
import type { Condition } from "@/lib/scenarios/schema";
import { type Scenario, type ShareField, scenarios, shareFields } from "@/lib/scenarios/vocabulary";
import type { EditedRule } from "./use-policy-draft";
import { overridesText } from "./words";

type Template = { key: string; name: string };

type Props = {
  rule: EditedRule;
  place: number;
  last: number;
  templates: readonly Template[];
  problem: string | undefined;
  onChange: (part: Partial<EditedRule>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** One rule: what it asks, which scenario follows, and its place among the others. */
export function RuleEditor({ rule, place, last, templates, problem, onChange, onMove, onRemove }: Props) {
  const t = useTranslations("scenarios");
  const number = place + 1;
  const put = (id: string, condition: Condition) =>
    onChange({ conditions: rule.conditions.map((each) => (each.id === id ? { id, condition } : each)) });
  const add = () => {
    const condition: Condition = { field: "complexity", is: "at_least", value: 0.5 };
    onChange({ conditions: [...rule.conditions, { id: newId(), condition }] });
  };
  return (
    <fieldset className="border-hairline border-b py-3">
      <legend className="sr-only">{t("rule", { number })}</legend>
      <div className="flex flex-wrap items-center gap-2 text-13">
        <span className="num w-5 text-ink-3">{number}</span>
        <span>{t(rule.conditions.length === 0 ? "every_deal" : "when")}</span>
        {rule.conditions.map(({ id, condition }) => (
          <span key={id} className="flex min-w-0 flex-wrap items-center gap-1 rounded-control bg-sunk p-1">
            <ConditionEditor
              condition={condition}
              label={t("condition_of", { number })}
              templates={templates}
              onChange={(next) => put(id, next)}
            />
            <IconButton
              className="flex-none"
              icon={X}
              label={t("remove_condition", { number })}
              onClick={() => onChange({ conditions: rule.conditions.filter((each) => each.id !== id) })}
            />
          </span>
        ))}
        <Button kind="text" onClick={add} disabled={rule.conditions.length >= 8}>
          {t("add_condition")}
        </Button>
        <span className="ms-auto flex min-w-0 flex-wrap items-center justify-end gap-1">
          <Select
            className="w-auto"
            aria-label={t("scenario_of", { number })}
            value={rule.scenario}
            onChange={(event) => onChange({ scenario: event.target.value as Scenario, overrides: undefined })}
            options={scenarios.map((value) => ({ value, label: t(`name.${value}`) }))}
          />
          <Select
            className="w-auto"
            aria-label={t("overrides_of", { number })}
            value={overrideOf(rule)}
            onChange={({ target }) => onChange({ overrides: overridesOf(target.value) })}
            options={overrideChoices(rule.scenario).map((value) => ({
              value,
              label: overridesText(t, rule.scenario, overridesOf(value)),
            }))}
          />
          <IconButton
            className="flex-none"
            icon={ArrowUp}
            label={t("up", { number })}
            disabled={place === 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            className="flex-none"
            icon={ArrowDown}
            label={t("down", { number })}
            disabled={place === last}
            onClick={() => onMove(1)}
          />
          <IconButton className="flex-none" icon={X} label={t("remove_rule", { number })} onClick={onRemove} />
        </span>
      </div>
      {problem ? (
        <p role="alert" className="pt-1 text-12 text-bad">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

const overridesOf = (value: string): Scenario[] | undefined =>
  value === "all" ? undefined : scenarios.filter((each) => value.includes(each));

function overrideOf({ scenario, overrides }: EditedRule): string {
  const others = overrides?.filter((each) => each !== scenario);
  return !others || others.length > 1 ? "all" : (others[0] ?? "");
}

/** To both others, to none, or to one of them. */
function overrideChoices(scenario: Scenario): string[] {
  return ["all", "", ...scenarios.filter((each) => each !== scenario)];
}

type ConditionProps = {
  condition: Condition;
  label: string;
  templates: readonly Template[];
  onChange: (condition: Condition) => void;
};

function ConditionEditor({ condition, label, templates, onChange }: ConditionProps) {
  const t = useTranslations("scenarios");
  const fields: Condition["field"][] = [...shareFields, "new_customer", ...(templates[0] ? ["template" as const] : [])];
  const begin = (field: Condition["field"]): Condition => {
    if (field === "new_customer") return { field, is: "equal", value: true };
    if (field === "template") return { field, is: "equal", value: templates[0]?.key ?? "" };
    return { field, is: "at_least", value: 0.5 };
  };
  return (
    <>
      <Select
        className="w-auto"
        aria-label={label}
        value={condition.field}
        onChange={(event) => onChange(begin(event.target.value as Condition["field"]))}
        options={fields.map((value) => ({ value, label: t(`field.${value}`) }))}
      />
      {condition.field === "new_customer" ? (
        <Select
          className="w-auto"
          aria-label={t(`field.${condition.field}`)}
          value={condition.value ? "yes" : "no"}
          onChange={(event) => onChange({ ...condition, value: event.target.value === "yes" })}
          options={[
            { value: "yes", label: t("yes") },
            { value: "no", label: t("no") },
          ]}
        />
      ) : condition.field === "template" ? (
        <Select
          className="w-auto"
          aria-label={t(`field.${condition.field}`)}
          value={condition.value}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
          options={templates.map(({ key, name }) => ({ value: key, label: name }))}
        />
      ) : (
        <ShareLimit condition={condition} onChange={onChange} />
      )}
    </>
  );
}

type Limit = { field: ShareField; is: "at_least" | "below"; value: number };

function ShareLimit({ condition, onChange }: { condition: Limit; onChange: (condition: Limit) => void }) {
  const t = useTranslations("scenarios");
  return (
    <>
      <Select
        className="w-auto"
        aria-label={t("compare")}
        value={condition.is}
        onChange={(event) => onChange({ ...condition, is: event.target.value as Limit["is"] })}
        options={(["at_least", "below"] as const).map((value) => ({ value, label: t(`compared.${value}`) }))}
      />
      <Input
        aria-label={t("limit")}
        type="number"
        min={0}
        max={1}
        step={0.05}
        dir="ltr"
        className="w-20"
        value={condition.value}
        onChange={(event) =>
          onChange({ ...condition, value: Math.min(1, Math.max(0, event.target.valueAsNumber || 0)) })
        }
      />
    </>
  );
}
