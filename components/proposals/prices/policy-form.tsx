"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useWrite } from "@/components/ui/use-write";
import type { Band } from "@/lib/proposals/price";
import { setPricePolicyAction } from "@/lib/proposals/rule-actions";
import { useWrong } from "./use-wrong";

type Draft = { key: number; below: string; rep: string; manager: string; director: string };
type Props = {
  workspace: string;
  version: number;
  bands: readonly Band[];
  marginFloorBp: number;
  today: string;
};

const percentOf = (basisPoints: number) => String(basisPoints / 100);
const pointsOf = (percent: string) => Math.round(Number(percent) * 100);

const draftOf = ({ below, repBp, managerBp, directorBp }: Band, key: number): Draft => ({
  ...{ key, below: below === null ? "" : String(below) },
  ...{ rep: percentOf(repBp), manager: percentOf(managerBp), director: percentOf(directorBp) },
});

/** Writes the approval matrix and the margin floor that hold from a day on. */
export function PolicyForm({ workspace, version, bands, marginFloorBp, today }: Props) {
  const t = useTranslations("prices");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const wrong = useWrong(fields);
  const [rows, setRows] = useState(() => bands.map(draftOf));
  const [floor, setFloor] = useState(percentOf(marginFloorBp));
  const [from, setFrom] = useState(today);
  const set = (place: number, change: Partial<Draft>) =>
    setRows(rows.map((row, index) => (index === place ? { ...row, ...change } : row)));
  const save = async () => {
    const wanted = rows.map(({ below, rep, manager, director }, place) => ({
      below: place === rows.length - 1 ? null : Number(below),
      ...{ repBp: pointsOf(rep), managerBp: pointsOf(manager), directorBp: pointsOf(director) },
    }));
    const input = { version, bands: wanted, marginFloorBp: pointsOf(floor), validFrom: from };
    await run(() => setPricePolicyAction(workspace, input));
    router.refresh();
  };
  const number = (label: string, value: string, onChange: (text: string) => void, field: string, isShare = true) => (
    <Field label={label} error={wrong(field)}>
      {(control) => (
        <Input
          {...{ ...control, type: "number", required: true, min: isShare ? 0 : 1, value }}
          {...(isShare ? { max: 100, step: 0.01 } : {})}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <form
      className="grid max-w-220 gap-3 pt-2"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {rows.map((row, place) => (
        <div key={row.key} className="grid grid-cols-2 items-end gap-3 md:grid-cols-[1.4fr_1fr_1fr_1fr_auto]">
          {place === rows.length - 1 ? (
            <p className="pb-2 text-13 text-ink-2">{t("all_above")}</p>
          ) : (
            number(t("below"), row.below, (below) => set(place, { below }), `bands.${place}.below`, false)
          )}
          {number(`${t("rep")} %`, row.rep, (rep) => set(place, { rep }), `bands.${place}.repBp`)}
          {number(`${t("manager")} %`, row.manager, (manager) => set(place, { manager }), `bands.${place}.managerBp`)}
          {number(
            `${t("director")} %`,
            row.director,
            (director) => set(place, { director }),
            `bands.${place}.directorBp`,
          )}
          {place < rows.length - 1 ? (
            <Button
              aria-label={t("remove_band", { place: place + 1 })}
              onClick={() => setRows(rows.filter((_, index) => index !== place))}
            >
              ×
            </Button>
          ) : null}
        </div>
      ))}
      <Problem text={wrong("bands")} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-40">{number(`${t("margin_floor")} %`, floor, setFloor, "marginFloorBp")}</div>
        <Field label={t("holds_from")} error={wrong("validFrom")}>
          {(control) => (
            <Input
              {...{ ...control, type: "date", required: true, min: today, value: from }}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        {rows.length < 6 ? (
          <Button
            onClick={() => {
              const key = Math.max(...rows.map((row) => row.key)) + 1;
              const last = rows.at(-1);
              if (last) setRows([...rows.slice(0, -1), { ...last, key, below: "" }, last]);
            }}
          >
            {t("add_band")}
          </Button>
        ) : null}
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {t("save_policy")}
        </Button>
      </div>
      <p className="text-12 text-ink-3">{t("margin_floor_hint")}</p>
      <Problem text={Object.keys(fields).length === 0 ? error : null} />
    </form>
  );
}
