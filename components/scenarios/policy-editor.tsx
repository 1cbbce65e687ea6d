"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DraftButtons } from "@/components/ui/draft-buttons";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { discardPolicyAction, publishPolicyAction, savePolicyAction } from "@/lib/scenarios/actions";
import { lintRules } from "@/lib/scenarios/rules";
import type { PolicyView } from "@/lib/scenarios/schema";
import { type CompanyStage, companyStages } from "@/lib/scenarios/vocabulary";
import { RuleEditor } from "./rule-editor";
import { rulesOf, usePolicyDraft } from "./use-policy-draft";

type Props = { workspace: string; draft: PolicyView; templates: { key: string; name: string }[] };

/** The editor of the next policy: what it lacks is said while one types; published, advice is given by it. */
export function PolicyEditor({ workspace, draft, templates }: Props) {
  const t = useTranslations("scenarios");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const edited = usePolicyDraft(draft);
  const { version, isDirty, rules, numbers } = edited;
  const issues = lintRules(rulesOf(rules));
  const whole = issues.filter(({ path }) => path === "rules");
  const problemOf = (place: number) => {
    const issue = issues.find(({ path }) => path === `rules.${place}`);
    return issue ? t(`lint.${issue.reason}`) : undefined;
  };
  const save = async () => {
    const isSaved = await run(async () => {
      const result = await savePolicyAction(workspace, { id: draft.id, version, ...numbers, rules: rulesOf(rules) });
      if (result.ok) edited.saved(result.data.version);
      return result;
    });
    if (!isSaved) return;
    void say(common("saved"));
    router.refresh();
  };
  const leave = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  return (
    <section aria-labelledby="draft" aria-busy={isBusy}>
      <SectionHead id="draft" title={t("draft_title", { number: draft.number })}>
        <span className="flex flex-wrap gap-2">
          <DraftButtons
            {...{ isBusy, isDirty }}
            isComplete={issues.length === 0}
            words={{ discard: t("discard"), publish: t("publish"), saveFirst: t("save_first") }}
            onDiscard={() => void leave(() => discardPolicyAction(workspace, { id: draft.id }))}
            onSave={() => void save()}
            onPublish={() => void leave(() => publishPolicyAction(workspace, { id: draft.id, version }))}
          />
        </span>
      </SectionHead>
      {[error, ...whole.map(({ reason }) => t(`lint.${reason}`))].map((line) =>
        line ? (
          <p key={line} role="alert" className="py-1 text-13 text-bad">
            {line}
          </p>
        ) : null,
      )}
      <p className="text-12 text-ink-3">{t("rules_note")}</p>
      {rules.map((rule, place) => (
        <RuleEditor
          key={rule.id}
          rule={rule}
          place={place}
          last={rules.length - 1}
          templates={templates}
          problem={problemOf(place)}
          onChange={(part) => edited.change(rule.id, part)}
          onMove={(by) => edited.move(place, by)}
          onRemove={() => edited.remove(rule.id)}
        />
      ))}
      <Button className="mt-3" onClick={edited.add} disabled={rules.length >= 50}>
        {t("add_rule")}
      </Button>
      <NumberFields numbers={numbers} onChange={edited.setNumbers} />
    </section>
  );
}

type Numbers = ReturnType<typeof usePolicyDraft>["numbers"];

function NumberFields({ numbers, onChange }: { numbers: Numbers; onChange: (part: Partial<Numbers>) => void }) {
  const t = useTranslations("scenarios");
  const amount = (label: string, value: number | null, most: number, change: (value: number | null) => void) => (
    <Field key={label} label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          min={0}
          max={most}
          step={most > 10 ? 1 : 0.1}
          dir="ltr"
          className="w-28"
          value={value ?? ""}
          onChange={(event) => {
            const typed = event.target.valueAsNumber;
            change(Number.isNaN(typed) ? null : Math.min(most, Math.max(0, typed)));
          }}
        />
      )}
    </Field>
  );
  const { weights, hoursB, hoursC, freeHours } = numbers;
  return (
    <div className="flex flex-wrap items-end gap-4 pt-4">
      {(["close", "relationship", "onboarding", "csmCost"] as const).map((name) =>
        amount(t(`weight.${name}`), weights[name], 10, (value) =>
          onChange({ weights: { ...weights, [name]: value ?? 0 } }),
        ),
      )}
      <Field label={t("company_stage")}>
        {(control) => (
          <Select
            {...control}
            value={numbers.companyStage}
            onChange={(event) => onChange({ companyStage: event.target.value as CompanyStage })}
            options={companyStages.map((value) => ({ value, label: t(`stage.${value}`) }))}
          />
        )}
      </Field>
      {amount(t("hours_b"), hoursB, 10_000, (value) => onChange({ hoursB: value ?? 0 }))}
      {amount(t("hours_c"), hoursC, 10_000, (value) => onChange({ hoursC: value ?? 0 }))}
      {amount(t("hours_free"), freeHours, 10_000, (value) => onChange({ freeHours: value }))}
    </div>
  );
}
