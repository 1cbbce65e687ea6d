"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { advise } from "@/lib/scenarios/advisor";
import type { Source, Weights } from "@/lib/scenarios/schema";
import { type CompanyStage, companyStages, type InputName, type Inputs, inputNames } from "@/lib/scenarios/vocabulary";
import { AdviceTable } from "./advice-table";
import { shareText } from "./words";

type Props = {
  weights: Weights;
  companyStage: CompanyStage;
  hours: { B: number; C: number };
  /** What is stored; the rest begins in the middle. */
  known: Partial<Inputs>;
  /** What logged hours leave free; null is not known. */
  knownHours: number | null;
  /** Where what is stored came from, in words. */
  dataWords: Partial<Record<InputName, string>>;
};

const middle = 0.5;
const isShare = (text: string) => text.trim() !== "" && Number(text) >= 0 && Number(text) <= 1;

/** What the advisor asks, where each answer came from, and what comes of it while one types. */
export function Advisor({ weights, companyStage, hours, known, knownHours, dataWords }: Props) {
  const t = useTranslations("scenarios");
  const [texts, setTexts] = useState<Partial<Record<InputName, string>>>({});
  const [stage, setStage] = useState(companyStage);
  const [named, setNamed] = useState("");
  const [free, setFree] = useState(knownHours === null ? "" : String(Math.round(knownHours * 10) / 10));
  const shown = (name: InputName) => texts[name] ?? shareText(known[name] ?? middle);
  const shareOf = (name: InputName) => {
    const text = texts[name];
    return text !== undefined && isShare(text) ? Number(text) : (known[name] ?? middle);
  };
  const sourceOf = (name: InputName): Source =>
    texts[name] !== undefined ? "person" : known[name] === undefined ? "default" : "data";
  const freeHours = free.trim() !== "" && Number(free) >= 0 ? Number(free) : null;
  const advice = advise(Object.fromEntries(inputNames.map((name) => [name, shareOf(name)])) as Inputs, {
    weights,
    companyStage: stage,
    capacity: { hasNamedCsm: named === "" ? null : named === "yes", freeHours, hours },
  });
  const [best = "A", other = "A"] = advice.between;
  return (
    <div className="grid gap-x-10 gap-y-2 lg:grid-cols-[24rem_minmax(0,1fr)]">
      <section aria-labelledby="asked">
        <SectionHead id="asked" title={t("asked")} note={t("asked_note")} />
        <ul className="grid grid-cols-2 gap-x-6">
          {inputNames.map((name) => (
            <li key={name} className="border-hairline border-b py-2">
              <Field
                label={t(`input.${name}`)}
                hint={sourceOf(name) === "data" ? dataWords[name] : t(`source.${sourceOf(name)}`)}
                error={isShare(shown(name)) ? undefined : t("not_a_share")}
              >
                {(control) => (
                  <Input
                    {...control}
                    type="number"
                    min={0}
                    max={1}
                    step={0.05}
                    dir="ltr"
                    className="w-28"
                    value={shown(name)}
                    onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
                  />
                )}
              </Field>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="choice" className="min-w-0">
        <SectionHead id="choice" title={t("choice")} />
        <p role="status" className="max-w-[56em] pb-3 text-pretty text-16">
          {advice.choice === best
            ? t("chosen", { name: t(`name.${best}`), about: t(`about.${best}`) })
            : t("close_call", { first: t(`name.${best}`), second: t(`name.${other}`) })}{" "}
          <span className="text-13 text-ink-3">
            {advice.margin === null ? t("only_one") : t("margin", { margin: advice.margin.toFixed(4) })}
          </span>
        </p>
        <AdviceTable advice={advice} />
        <div className="flex flex-wrap items-start gap-4 pt-4">
          <Field label={t("company_stage")}>
            {(control) => (
              <Select
                {...control}
                value={stage}
                onChange={(event) => setStage(event.target.value as CompanyStage)}
                options={companyStages.map((value) => ({ value, label: t(`stage.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t("named_csm")}>
            {(control) => (
              <Select
                {...control}
                value={named}
                placeholder={t("unknown")}
                onChange={(event) => setNamed(event.target.value)}
                options={[
                  { value: "yes", label: t("yes") },
                  { value: "no", label: t("no") },
                ]}
              />
            )}
          </Field>
          <Field label={t("free_hours")} hint={t("needed_hours", hours)}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                dir="ltr"
                className="w-28"
                value={free}
                onChange={(event) => setFree(event.target.value)}
              />
            )}
          </Field>
        </div>
        <details className="pt-4">
          <summary className="cursor-pointer py-1 text-13 font-550">{t("how")}</summary>
          <ul className="grid max-w-[64em] gap-1 pt-1 text-13 text-ink-2">
            {(["close", "relationship", "onboarding", "csmCost"] as const).map((term) => (
              <li key={term}>{t(`formula.${term}`, { weight: weights[term] })}</li>
            ))}
          </ul>
        </details>
      </section>
    </div>
  );
}
