"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { newId } from "@/lib/identifiers";
import { createExperimentAction } from "@/lib/scenario-lab/actions";
import { monthsNeeded } from "@/lib/scenario-lab/months";
import { scenarios } from "@/lib/scenarios/vocabulary";
import { sampleSize } from "@/lib/statistics/sample-size";

type Props = { workspace: string; recentDeals: number; onDone: () => void };
type Scenario = (typeof scenarios)[number];
const isRate = (text: string) => text.trim() !== "" && Number(text) > 0 && Number(text) < 1;

/** An experiment to write: what is tried against what, on which deals, and how large a difference it should find. */
export function ExperimentForm({ workspace, recentDeals, onDone }: Props) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const id = useRef(newId());
  const [name, setName] = useState("");
  const [first, setFirst] = useState<Scenario>("A");
  const [second, setSecond] = useState<Scenario>("C");
  const [method, setMethod] = useState<"hash" | "blocks">("blocks");
  const [from, setFrom] = useState("0.20");
  const [to, setTo] = useState("0.26");
  const [least, setLeast] = useState("");
  const isSound = isRate(from) && isRate(to) && Math.abs(Number(from) - Number(to)) >= 0.001 && first !== second;
  const perArm = isSound ? sampleSize(Number(from), Number(to)).perArm : null;
  const months = perArm === null ? null : monthsNeeded(perArm, recentDeals);
  const save = async () => {
    const input = {
      ...{ id: id.current, key: `e_${id.current.replaceAll("-", "").slice(-20)}`, name, first, second, method },
      ...{ expectedFirst: Number(from), expectedSecond: Number(to) },
      minPClose: least.trim() === "" ? null : Number(least),
    };
    if (!(await run(() => createExperimentAction(workspace, input)))) return;
    onDone();
    router.refresh();
  };
  const options = scenarios.map((value) => ({ value, label: scenario(`name.${value}`) }));
  const number = (label: string, value: string, change: (text: string) => void, hint?: string, problem?: string) => (
    <Field label={label} hint={hint} error={problem}>
      {(control) => (
        <Input
          {...control}
          type="number"
          dir="ltr"
          min={0}
          max={1}
          step={0.01}
          className="w-28"
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-3 border-hairline border-t pt-3" aria-busy={isBusy}>
      <div className="flex flex-wrap items-start gap-4">
        <div className="min-w-56 flex-1">
          <Field label={t("experiment_name")} isRequired error={fields.name}>
            {(control) => (
              <Input {...control} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
        </div>
        <Field label={t("compared_with")}>
          {(control) => (
            <Select
              {...control}
              value={first}
              options={options}
              onChange={(event) => setFirst(event.target.value as Scenario)}
            />
          )}
        </Field>
        <Field label={t("tried")} error={first === second ? t("same_scenario") : undefined}>
          {(control) => (
            <Select
              {...control}
              value={second}
              options={options}
              onChange={(event) => setSecond(event.target.value as Scenario)}
            />
          )}
        </Field>
        <Field label={t("drawn_by")}>
          {(control) => (
            <Select
              {...control}
              value={method}
              options={(["blocks", "hash"] as const).map((value) => ({ value, label: t(`draw.${value}`) }))}
              onChange={(event) => setMethod(event.target.value as "hash" | "blocks")}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-start gap-4">
        {number(t("expected_first"), from, setFrom, undefined, isRate(from) ? undefined : t("rate_between"))}
        {number(t("expected_second"), to, setTo, undefined, isRate(to) ? undefined : t("rate_between"))}
        {number(t("least_chance"), least, setLeast, t("least_hint"))}
      </div>
      <p role="status" className="max-w-[64em] text-13">
        {perArm === null ? t("say_rates") : t("needed", { count: perArm })}{" "}
        {perArm === null
          ? ""
          : months === null
            ? t("reach_none")
            : t(months > 24 ? "reach_never" : "reach", { months: Math.ceil(months), deals: recentDeals })}{" "}
        {t("fixed_note")}
      </p>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button kind="primary" isBusy={isBusy} disabled={name.trim() === "" || !isSound} onClick={save}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("back")}</Button>
      </div>
    </div>
  );
}
