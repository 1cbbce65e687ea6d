"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { MergePreview } from "@/lib/customers/pairs";
import { type MergeField, mergeFields } from "@/lib/customers/schema";
import { type MergeDecision, oscsOf } from "./merge-decision";

type Props = {
  preview: MergePreview;
  decision: MergeDecision;
  onChange: (decision: MergeDecision) => void;
  onSwap: () => void;
};

/** The decisions of a merge, each a question of its own; what the two agree in is not asked. */
export function MergeChoices({ preview, decision, onChange, onSwap }: Props) {
  const t = useTranslations("customers.merge");
  const { survivor, loser } = preview;
  const oscs = oscsOf(preview);
  const differing = mergeFields.filter(
    (field) => survivor[field] !== loser[field] && loser[field] !== null && survivor[field] !== null,
  );
  const pick = (field: MergeField, side: "survivor" | "loser") =>
    onChange({ ...decision, fields: { ...decision.fields, [field]: side } });
  return (
    <>
      <Question legend={t("survivor")}>
        {[survivor, loser].map((side, index) => (
          <Radio
            key={side.id}
            name="survivor"
            isChecked={index === 0}
            onChange={index === 0 ? () => undefined : onSwap}
          >
            <bdi className="font-550">{side.name}</bdi>
            <span className="text-12 text-ink-3">
              {[side.place, ...side.persons.flatMap(({ contactPoints }) => contactPoints.map(({ value }) => value))]
                .filter((each) => each !== null)
                .map((each, place) => (
                  <span key={each}>
                    {place > 0 ? " · " : ""}
                    <bdi>{each}</bdi>
                  </span>
                ))}
            </span>
          </Radio>
        ))}
      </Question>
      {differing.map((field) => (
        <Question key={field} legend={t(`fields.${field}`)}>
          {(["survivor", "loser"] as const).map((side) => (
            <Radio
              key={side}
              name={`field-${field}`}
              isChecked={(decision.fields[field] ?? "survivor") === side}
              onChange={() => pick(field, side)}
            >
              <bdi>{(side === "survivor" ? survivor : loser)[field] ?? t("empty_value")}</bdi>
            </Radio>
          ))}
        </Question>
      ))}
      {oscs.length > 1 ? (
        <Question legend={t("osc")} hint={t("osc_hint")}>
          {oscs.map((osc) => (
            <Radio
              key={osc.id}
              name="osc"
              isChecked={decision.oscId === osc.id}
              onChange={() => onChange({ ...decision, oscId: osc.id })}
            >
              <bdi>{osc.name}</bdi>
            </Radio>
          ))}
        </Question>
      ) : null}
      <People preview={preview} decision={decision} onChange={onChange} />
      <p className="text-12 text-ink-3">{t("consents")}</p>
    </>
  );
}

function People({ preview, decision, onChange }: Pick<Props, "preview" | "decision" | "onChange">) {
  const t = useTranslations("customers.merge");
  const set = (loserPersonId: string, into: string | null) =>
    onChange({
      ...decision,
      persons: decision.persons.map((each) => (each.loserPersonId === loserPersonId ? { loserPersonId, into } : each)),
    });
  const options = [
    { value: "", label: t("joins") },
    ...preview.survivor.persons.map(({ id, name }) => ({ value: id, label: t("is", { name }) })),
  ];
  return (
    <Question legend={t("people")}>
      {preview.loser.persons.map(({ id, name }) => (
        <Field key={id} label={name}>
          {(control) => (
            <Select
              {...control}
              value={decision.persons.find(({ loserPersonId }) => loserPersonId === id)?.into ?? ""}
              onChange={(event) => set(id, event.target.value || null)}
              options={options}
            />
          )}
        </Field>
      ))}
    </Question>
  );
}

function Question({ legend, hint, children }: { legend: string; hint?: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-550">{legend}</legend>
      {children}
      {hint ? <p className="text-12 text-ink-3">{hint}</p> : null}
    </fieldset>
  );
}

function Radio({
  name,
  isChecked,
  onChange,
  children,
}: {
  name: string;
  isChecked: boolean;
  onChange: () => void;
  children: React.ReactNode;
}) {
  return (
    <label className="flex min-h-8 flex-wrap items-center gap-2">
      <input type="radio" name={name} checked={isChecked} onChange={onChange} className="size-4 accent-accent" />
      {children}
    </label>
  );
}
