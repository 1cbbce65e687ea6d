"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { roles } from "@/lib/auth/roles";
import { interactionTypes } from "@/lib/journeys/vocabulary";
import { archiveMomentAction, changeMomentAction, createMomentAction } from "@/lib/moments/actions";
import { type MomentView, momentPhases } from "@/lib/moments/schema";

export type Person = { id: string; name: string };
type Props = { workspace: string; moment: MomentView | null; people: readonly Person[]; onClose: () => void };

const empty = {
  interactionType: "first inquiry",
  name: "",
  nameHe: "",
  phase: "during",
  responsibleRole: null,
  responsibleId: null,
  playbook: "",
  playbookHe: "",
} as const;

type Edited = { [Key in keyof typeof empty]: string | null };

function inputOf({ name, nameHe, phase, responsibleRole, responsibleId, playbook, playbookHe }: Edited) {
  return {
    name: name ?? "",
    nameHe: nameHe ?? "",
    phase: momentPhases.find((each) => each === phase) ?? "during",
    responsibleRole: roles.find((each) => each === responsibleRole) ?? null,
    responsibleId: responsibleId || null,
    playbook: playbook ?? "",
    playbookHe: playbookHe ?? "",
  };
}

/** A moment as a manager writes it: what it is called, who answers for it, how it is done well. */
export function MomentDialog({ workspace, moment, people, onClose }: Props) {
  const t = useTranslations("moments");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const [edited, setEdited] = useState<Edited>(moment ?? empty);
  const change = (part: Partial<Edited>) => setEdited((before) => ({ ...before, ...part }));

  const done = () => {
    onClose();
    router.refresh();
  };

  async function save() {
    const input = inputOf(edited);
    const interactionType = interactionTypes.find((each) => each === edited.interactionType) ?? "first inquiry";
    const isDone = await run(() =>
      moment
        ? changeMomentAction(workspace, { id: moment.id, version: moment.version, ...input })
        : createMomentAction(workspace, { interactionType, ...input }),
    );
    if (isDone) done();
  }

  async function archive() {
    if (moment && (await run(() => archiveMomentAction(workspace, { id: moment.id })))) done();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={moment ? moment.name : t("new")}
      footer={
        <>
          {moment ? (
            <Button kind="text" onClick={archive} disabled={isBusy}>
              {t("archive")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" onClick={save} isBusy={isBusy} disabled={!edited.name?.trim()}>
            {common("save")}
          </Button>
        </>
      }
    >
      <MomentForm
        edited={edited}
        people={people}
        isNew={moment === null}
        nameError={fields.name ? (error ?? undefined) : undefined}
        onChange={change}
      />
      {error && !fields.name ? (
        <p role="alert" className="pt-3 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}

type FormProps = {
  edited: Edited;
  people: readonly Person[];
  isNew: boolean;
  nameError: string | undefined;
  onChange: (part: Partial<Edited>) => void;
};

function MomentForm({ edited, people, isNew, nameError, onChange }: FormProps) {
  const t = useTranslations("moments");
  const interactions = useTranslations("interactions");
  const members = useTranslations("members");
  const text = (key: "name" | "nameHe", label: string) => (
    <Field label={label} error={key === "name" ? nameError : undefined} isRequired={key === "name"}>
      {(control) => (
        <Input
          {...control}
          dir={key === "name" ? "auto" : "rtl"}
          maxLength={120}
          value={edited[key] ?? ""}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  const play = (key: "playbook" | "playbookHe", label: string) => (
    <Field label={label}>
      {(control) => (
        <Textarea
          {...control}
          maxLength={2000}
          value={edited[key] ?? ""}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {isNew ? (
        <Field label={t("type")}>
          {(control) => (
            <Select
              {...control}
              value={edited.interactionType ?? ""}
              onChange={(event) => onChange({ interactionType: event.target.value })}
              options={interactionTypes.map((value) => ({
                value,
                label: interactions(`types.${value.replaceAll(/[ /]/g, "_")}`),
              }))}
            />
          )}
        </Field>
      ) : null}
      <Field label={t("phase")}>
        {(control) => (
          <Select
            {...control}
            value={edited.phase ?? ""}
            onChange={(event) => onChange({ phase: event.target.value })}
            options={momentPhases.map((value) => ({ value, label: t(`phases.${value}`) }))}
          />
        )}
      </Field>
      {text("name", t("name"))}
      {text("nameHe", t("name_he"))}
      <Field label={t("role")}>
        {(control) => (
          <Select
            {...control}
            value={edited.responsibleRole ?? ""}
            placeholder={t("no_role")}
            onChange={(event) => onChange({ responsibleRole: event.target.value || null })}
            options={roles.map((value) => ({ value, label: members(`roles.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("person")}>
        {(control) => (
          <Select
            {...control}
            value={edited.responsibleId ?? ""}
            placeholder={t("no_person")}
            onChange={(event) => onChange({ responsibleId: event.target.value || null })}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      {play("playbook", t("playbook"))}
      {play("playbookHe", t("playbook_he"))}
    </div>
  );
}
