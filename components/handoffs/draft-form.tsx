"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { draftHandoffAction } from "@/lib/handoffs/actions";
import type { PolicySays } from "@/lib/handoffs/rules";
import { newId } from "@/lib/identifiers";
import { isWhole, type ScenarioChoice, ScenarioFields } from "./scenario-fields";

type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  spokes: readonly { id: string; name: string }[];
  isOverriding: boolean;
  /** Customer success, when whoever answers for the customer sells; a handoff there follows a scenario. */
  csSpokeId: string | null;
  policy: PolicySays | null;
};

/** Prepares a handoff: to which department, and what else they should know. */
export function DraftForm({ workspace, customerId, journeyId, spokes, isOverriding, csSpokeId, policy }: Props) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [toSpokeId, setTo] = useState("");
  const [alsoId, setAlso] = useState("");
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const [choice, setChoice] = useState<ScenarioChoice>({ scenario: "", overrideReason: "" });
  const id = useRef(newId());
  const isSale = csSpokeId !== null && (toSpokeId === csSpokeId || alsoId === csSpokeId);
  const others = spokes.filter((spoke) => spoke.id !== toSpokeId);
  const draft = async () => {
    const { scenario, overrideReason } = choice;
    const chosen = isSale ? { scenario: scenario === "" ? null : scenario, overrideReason } : {};
    const alsoTo = alsoId === "" ? [] : [{ toSpokeId: alsoId }];
    const input = { id: id.current, customerId, journeyId, toSpokeId, alsoTo, note, reason, ...chosen };
    if (await run(() => draftHandoffAction(workspace, input))) router.refresh();
  };
  const isReady = toSpokeId !== "" && (!isSale || isWhole(choice, policy)) && (!isOverriding || reason.trim() !== "");
  return (
    <div className="no-print flex flex-wrap items-end gap-3" aria-busy={isBusy}>
      <Field label={t("prepare")} error={error ?? undefined} isRequired>
        {(control) => (
          <Select
            {...control}
            value={toSpokeId}
            placeholder={t("choose")}
            options={spokes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              setTo(event.target.value);
              setAlso("");
            }}
          />
        )}
      </Field>
      {toSpokeId === "" ? null : (
        <Field label={t("also_to")}>
          {(control) => (
            <Select
              {...control}
              value={alsoId}
              placeholder={t("only_one")}
              options={others.map((spoke) => ({ value: spoke.id, label: spoke.name }))}
              onChange={(event) => setAlso(event.target.value)}
            />
          )}
        </Field>
      )}
      {isSale ? <ScenarioFields policy={policy} choice={choice} onChange={setChoice} /> : null}
      <div className="min-w-56 flex-1">
        <Field label={t("note")}>
          {(control) => (
            <Input {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
      </div>
      {isOverriding ? (
        <div className="min-w-56 flex-1">
          <Field label={t("why_you")} isRequired>
            {(control) => (
              <Input {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </div>
      ) : null}
      <Button kind="primary" isBusy={isBusy} disabled={!isReady} onClick={draft}>
        {t("draft")}
      </Button>
    </div>
  );
}
