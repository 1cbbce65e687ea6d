"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { newId } from "@/lib/identifiers";
import { createPlanAction, savePlanAction } from "@/lib/onboardings/actions";
import type { PlanMilestone, PlanView } from "@/lib/onboardings/schema";

type Row = PlanMilestone & { key: string };
type Spoke = { key: string; name: string };
type Props = { workspace: string; plan: PlanView; spokes: readonly Spoke[] };

const withKey = (milestone: PlanMilestone): Row => ({ ...milestone, key: newId() });

/** A plan to write: what happens after a sale, in which order, by whom, after how many business days. */
export function PlanEditor({ workspace, plan, spokes }: Props) {
  const t = useTranslations("onboarding");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [name, setName] = useState(plan.name);
  const [rows, setRows] = useState(() => plan.milestones.map(withKey));
  const change = (key: string, part: Partial<PlanMilestone>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const move = (place: number, by: number) => {
    const next = [...rows];
    const [row] = next.splice(place, 1);
    if (row) next.splice(place + by, 0, row);
    setRows(next);
  };
  const save = async () => {
    const milestones = rows.map(({ key: _key, ...milestone }) => milestone);
    const write = () =>
      plan.id
        ? savePlanAction(workspace, { id: plan.id, version: plan.version, name, milestones })
        : createPlanAction(workspace, { name, milestones });
    if (!(await run(write))) return;
    void say(common("saved"));
    router.refresh();
  };
  const add = () => {
    const [first] = spokes;
    const milestone = { name: "", nameHe: null, spokeKey: first?.key ?? "cs", dueDays: 10, isCustomerVisible: true };
    setRows([...rows, withKey(milestone)]);
  };
  const isReady = name.trim() !== "" && rows.length > 0 && rows.every((row) => row.name.trim() !== "");
  return (
    <div className="grid gap-4" aria-busy={isBusy}>
      <div className="max-w-80">
        <Field label={t("plan_name")} isRequired>
          {(control) => (
            <Input {...control} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      </div>
      <ol>
        {rows.map((row, place) => (
          <PlanRow
            key={row.key}
            {...{ row, place, spokes }}
            isLast={place === rows.length - 1}
            onChange={(part) => change(row.key, part)}
            onMove={(by) => move(place, by)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ol>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={add} disabled={rows.length >= 40}>
          {t("add_milestone")}
        </Button>
        <Button kind="primary" isBusy={isBusy} disabled={!isReady} onClick={save}>
          {t("save")}
        </Button>
      </div>
    </div>
  );
}

type RowProps = {
  row: Row;
  place: number;
  isLast: boolean;
  spokes: readonly Spoke[];
  onChange: (part: Partial<PlanMilestone>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
};

function PlanRow({ row, place, isLast, spokes, onChange, onMove, onRemove }: RowProps) {
  const t = useTranslations("onboarding");
  const number = place + 1;
  return (
    <li className="grid items-end gap-3 border-hairline border-b py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_7rem_auto]">
      <Field label={t("name")} isRequired>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={row.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("name_he")}>
        {(control) => (
          <Input
            {...control}
            dir="rtl"
            lang="he"
            maxLength={200}
            value={row.nameHe ?? ""}
            onChange={(event) => onChange({ nameHe: event.target.value || null })}
          />
        )}
      </Field>
      <Field label={t("department")}>
        {(control) => (
          <Select
            {...control}
            value={row.spokeKey}
            options={spokes.map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(event) => onChange({ spokeKey: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("due_days")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            dir="ltr"
            min={0}
            max={520}
            value={row.dueDays}
            onChange={(event) =>
              onChange({ dueDays: Math.min(520, Math.max(0, Math.round(Number(event.target.value)))) })
            }
          />
        )}
      </Field>
      <span className="flex items-center gap-1">
        <Checkbox
          label={t("customer_sees")}
          checked={row.isCustomerVisible}
          onChange={(event) => onChange({ isCustomerVisible: event.target.checked })}
        />
        <IconButton icon={ArrowUp} label={t("up", { number })} disabled={place === 0} onClick={() => onMove(-1)} />
        <IconButton icon={ArrowDown} label={t("down", { number })} disabled={isLast} onClick={() => onMove(1)} />
        <IconButton icon={Trash2} label={t("remove", { number })} onClick={onRemove} />
      </span>
    </li>
  );
}
