"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PolicySays } from "@/lib/handoffs/rules";
import { type Scenario, scenarios } from "@/lib/scenarios/vocabulary";

/** What was chosen so far; empty is the policy's own. */
export type ScenarioChoice = { scenario: Scenario | ""; overrideReason: string };

/** What stands unless a person says otherwise: what the deal was given at its decision stage, else what the policy answers. */
const usualOf = (policy: PolicySays | null) => policy?.given ?? policy?.answer ?? null;

/** Whether a choice goes against what stands. */
export const isOverride = ({ scenario }: ScenarioChoice, policy: PolicySays | null) => {
  const usual = usualOf(policy);
  return scenario !== "" && usual !== null && scenario !== usual;
};

/** Whether a choice can be written: one against what stands says why. */
export const isWhole = (choice: ScenarioChoice, policy: PolicySays | null) =>
  !isOverride(choice, policy) || choice.overrideReason.trim() !== "";

type Props = { policy: PolicySays | null; choice: ScenarioChoice; onChange: (choice: ScenarioChoice) => void };

/** Which scenario a handoff to customer success follows: what the policy says, or another that its rule allows, with a reason. */
export function ScenarioFields({ policy, choice, onChange }: Props) {
  const t = useTranslations("handoffs");
  const given = policy?.given ?? null;
  const answer = usualOf(policy);
  const mayBe = (each: Scenario) => policy === null || each === policy.answer || policy.allowed.includes(each);
  const open = scenarios.filter((each) => each !== answer && mayBe(each));
  const said = given ? "given_says" : "policy_says";
  return (
    <>
      <Field label={t("scenario")} hint={answer ? t(said, { scenario: answer }) : t("policy_silent")}>
        {(control) => (
          <Select
            {...control}
            value={choice.scenario}
            placeholder={answer ? t(given ? "as_given" : "as_policy", { scenario: answer }) : t("scenario_open")}
            options={open.map((value) => ({ value, label: t("scenario_name", { scenario: value }) }))}
            onChange={({ target }) =>
              onChange({ ...choice, scenario: scenarios.find((each) => each === target.value) ?? "" })
            }
          />
        )}
      </Field>
      {isOverride(choice, policy) ? (
        <div className="min-w-56 flex-1">
          <Field label={t(given ? "given_why" : "override_why")} isRequired>
            {(control) => (
              <Input
                {...control}
                maxLength={1000}
                value={choice.overrideReason}
                onChange={(event) => onChange({ ...choice, overrideReason: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  );
}
