"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { assignItemAction } from "@/lib/enablement/actions";
import type { AssignItem, ItemView } from "@/lib/enablement/schema";
import type { PersonOption } from "./enablement-screen";

type Props = {
  workspace: string;
  item: ItemView;
  people: readonly PersonOption[];
  /** Who is proposed; nobody yet when empty. */
  chosen?: readonly string[];
  reason: AssignItem["reason"];
  label: string;
  now: string;
};

const fortnight = 14 * 86_400_000;

/** Gives an item to people: who, by when, coached by whom. */
export function AssignButton(props: Props) {
  const t = useTranslations("enablement");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={props.label}>
        {t("assign")}
      </Button>
      {isOpen ? <AssignDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AssignDialog({ workspace, item, people, chosen = [], reason, now, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("enablement");
  const isHebrew = useLocale() === "he";
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [who, setWho] = useState<ReadonlySet<string>>(new Set(chosen));
  const [due, setDue] = useState(new Date(Date.parse(now) + fortnight).toISOString().slice(0, 10));
  const [coach, setCoach] = useState("");
  // Whoever is proposed and whoever answers for the moment; the others would only be in the way.
  const offered = people.filter(({ id, roles }) => chosen.includes(id) || roles.includes(item.role));
  const toggle = (id: string) =>
    setWho((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]));

  const assign = async () => {
    const dueAt = new Date(`${due}T17:00:00Z`).toISOString();
    const wish = { id: item.id, memberIds: [...who], dueAt, reason, coachId: coach || null };
    if (!(await run(() => assignItemAction(workspace, wish)))) return;
    onClose();
    router.refresh();
  };
  return (
    <ConfirmDialog
      title={t("assign_item", { item: (isHebrew && item.nameHe) || item.name })}
      confirm={t("assign")}
      isBusy={isBusy}
      error={error}
      onClose={onClose}
      onConfirm={() => void (who.size > 0 && due ? assign() : undefined)}
    >
      <div className="grid gap-4">
        <fieldset className="grid gap-1">
          <legend className="pb-1 font-medium text-12 text-ink-2">{t("assign_who")}</legend>
          {offered.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={who.has(id)} onChange={() => toggle(id)} />
          ))}
        </fieldset>
        <Field label={t("assign_due")} isRequired>
          {(control) => <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />}
        </Field>
        <Field label={t("assign_coach")}>
          {(control) => (
            <Select
              {...control}
              value={coach}
              placeholder={t("assign_me")}
              onChange={(event) => setCoach(event.target.value)}
              options={people.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  );
}
