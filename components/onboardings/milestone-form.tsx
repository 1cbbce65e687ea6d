"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { useZone } from "@/components/ui/use-zone";
import { ofWallText, tomorrowText, toWallText } from "@/components/ui/wall-time";
import { addMilestoneAction, editMilestoneAction } from "@/lib/onboardings/actions";
import type { MilestoneView, OnboardingView } from "@/lib/onboardings/schema";

export type Named = { id: string; name: string };

type Props = {
  workspace: string;
  onboarding: OnboardingView;
  /** Null for one that is new. */
  milestone: MilestoneView | null;
  people: readonly Named[];
  spokes: readonly Named[];
  onDone: () => void;
};

const options = (rows: readonly Named[]) => rows.map(({ id, name }) => ({ value: id, label: name }));

/** One milestone to write: in both languages, whose it is, by when, and whether the customer sees it. */
export function MilestoneForm({ workspace, onboarding, milestone, people, spokes, onDone }: Props) {
  const t = useTranslations("onboarding");
  const router = useRouter();
  const zone = useZone("UTC");
  const { isBusy, error, fields, run } = useWrite();
  const [name, setName] = useState(milestone?.name ?? "");
  const [nameHe, setNameHe] = useState(milestone?.nameHe ?? "");
  const [ownerId, setOwner] = useState(milestone?.ownerId ?? "");
  const [spokeId, setSpoke] = useState(milestone?.spokeId ?? onboarding.spokeId);
  const [due, setDue] = useState<string | null>(null);
  const [isCustomerVisible, setVisible] = useState(milestone?.isCustomerVisible ?? false);
  const shown = due ?? (milestone ? toWallText(Date.parse(milestone.dueAt), zone) : tomorrowText(zone));
  const dueAt = due === null && milestone ? milestone.dueAt : ofWallText(shown, zone);
  const save = async () => {
    if (dueAt === null) return;
    const content = {
      ...{ id: onboarding.id, name, nameHe: nameHe.trim() || null, ownerId: ownerId || null, spokeId },
      ...{ dueAt, isCustomerVisible },
    };
    const write = () =>
      milestone
        ? editMilestoneAction(workspace, { ...content, milestoneId: milestone.id, version: milestone.version })
        : addMilestoneAction(workspace, content);
    if (!(await run(write))) return;
    onDone();
    router.refresh();
  };
  return (
    <div className="grid gap-3" aria-busy={isBusy}>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("name")} isRequired error={fields.name}>
          {(control) => (
            <Input {...control} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t("name_he")}>
          {(control) => (
            <Input
              {...control}
              dir="rtl"
              lang="he"
              maxLength={200}
              value={nameHe}
              onChange={(event) => setNameHe(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-3">
        <Field label={t("department")}>
          {(control) => (
            <Select
              {...control}
              value={spokeId}
              options={options(spokes)}
              onChange={(event) => setSpoke(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("person")}>
          {(control) => (
            <Select
              {...control}
              value={ownerId}
              placeholder={t("nobody")}
              options={options(people)}
              onChange={(event) => setOwner(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("due")}>
          {(control) => (
            <Input {...control} type="datetime-local" value={shown} onChange={(event) => setDue(event.target.value)} />
          )}
        </Field>
      </div>
      <Checkbox
        label={t("customer_sees")}
        checked={isCustomerVisible}
        onChange={(event) => setVisible(event.target.checked)}
      />
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button kind="primary" isBusy={isBusy} disabled={name.trim() === "" || dueAt === null} onClick={save}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("back")}</Button>
      </div>
    </div>
  );
}
