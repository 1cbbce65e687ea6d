"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { chooseScenarioAction } from "@/lib/handoffs/actions";
import type { PolicySays } from "@/lib/handoffs/rules";
import type { Part } from "./part";
import { isWhole, type ScenarioChoice, ScenarioFields } from "./scenario-fields";

/** Chooses the scenario of a handoff that is not proposed. */
export function ScenarioForm({ workspace, handoff, isBusy, act, policy }: Part & { policy: PolicySays | null }) {
  const t = useTranslations("handoffs");
  const { id, version, may } = handoff;
  const [choice, setChoice] = useState<ScenarioChoice>({ scenario: "", overrideReason: "" });
  const [reason, setReason] = useState("");
  const isReady = isWhole(choice, policy) && (!may.needsReason || reason.trim() !== "");
  const choose = () => {
    const { scenario, overrideReason } = choice;
    return chooseScenarioAction(workspace, {
      ...{ id, version, overrideReason, reason },
      scenario: scenario === "" ? null : scenario,
    });
  };
  return (
    <details className="no-print text-13">
      <summary className="cursor-pointer py-1">{t("scenario_change")}</summary>
      <div className="flex flex-wrap items-end gap-3 pt-1">
        <ScenarioFields policy={policy} choice={choice} onChange={setChoice} />
        {may.needsReason ? (
          <Field label={t("why_you")} isRequired>
            {(control) => (
              <Input {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        ) : null}
        <Button isBusy={isBusy} disabled={!isReady} onClick={() => void act(choose)}>
          {t("scenario_save")}
        </Button>
      </div>
    </details>
  );
}
