"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { roles } from "@/lib/auth/roles";
import { archiveItemAction, changeItemAction, createItemAction } from "@/lib/enablement/actions";
import { type ItemView, itemKinds, selections } from "@/lib/enablement/schema";
import type { MomentOption } from "./enablement-screen";

type Props = { workspace: string; item: ItemView | null; moments: readonly MomentOption[]; onClose: () => void };

type Edited = {
  momentId: string;
  kind: string;
  name: string;
  nameHe: string;
  content: string;
  contentHe: string;
  role: string;
  selection: string;
  weeks: number;
};

const empty = {
  kind: "training",
  name: "",
  nameHe: "",
  content: "",
  contentHe: "",
  role: "",
  selection: "low_scores",
  weeks: 8,
};

function inputOf({ kind, role, selection, momentId: _moment, ...words }: Edited) {
  const chosen = roles.find((each) => each === role);
  return {
    ...words,
    kind: itemKinds.find((each) => each === kind) ?? "training",
    selection: selections.find((each) => each === selection) ?? "low_scores",
    ...(chosen ? { role: chosen } : {}),
  };
}

/** Something that makes people able, as a manager writes it. */
export function ItemDialog({ workspace, item, moments, onClose }: Props) {
  const t = useTranslations("enablement");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [edited, setEdited] = useState<Edited>(item ?? { ...empty, momentId: moments[0]?.id ?? "" });
  const change = (part: Partial<Edited>) => setEdited((before) => ({ ...before, ...part }));
  const done = () => {
    onClose();
    router.refresh();
  };
  const save = async () => {
    const input = inputOf(edited);
    const isDone = await run(() =>
      item
        ? changeItemAction(workspace, { id: item.id, version: item.version, ...input })
        : createItemAction(workspace, { momentId: edited.momentId, ...input }),
    );
    if (isDone) done();
  };
  const archive = async () => {
    if (item && (await run(() => archiveItemAction(workspace, { id: item.id })))) done();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={item ? item.name : t("new")}
      footer={
        <>
          {item ? (
            <Button kind="text" onClick={archive} disabled={isBusy}>
              {t("archive")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" onClick={save} isBusy={isBusy} disabled={!edited.name.trim()}>
            {common("save")}
          </Button>
        </>
      }
    >
      <ItemForm edited={edited} moments={moments} isNew={item === null} onChange={change} />
      {error ? (
        <p role="alert" className="pt-3 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}

type FormProps = {
  edited: Edited;
  moments: readonly MomentOption[];
  isNew: boolean;
  onChange: (part: Partial<Edited>) => void;
};

function ItemForm({ edited, moments, isNew, onChange }: FormProps) {
  const t = useTranslations("enablement");
  const members = useTranslations("members");
  const isHebrew = useLocale() === "he";
  const choice = (
    key: "kind" | "selection" | "role" | "momentId",
    label: string,
    options: [string, string][],
    none?: string,
  ) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={edited[key]}
          {...(none === undefined ? {} : { placeholder: none })}
          onChange={(event) => onChange({ [key]: event.target.value })}
          options={options.map(([value, words]) => ({ value, label: words }))}
        />
      )}
    </Field>
  );
  const line = (key: "name" | "nameHe", label: string) => (
    <Field label={label} isRequired={key === "name"}>
      {(control) => (
        <Input
          {...control}
          dir={key === "name" ? "auto" : "rtl"}
          maxLength={120}
          value={edited[key]}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  const words = (key: "content" | "contentHe", label: string) => (
    <Field label={label}>
      {(control) => (
        <Textarea
          {...control}
          maxLength={4000}
          value={edited[key]}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {choice(
        "kind",
        t("kind"),
        itemKinds.map((value) => [value, t(`kinds.${value}`)]),
      )}
      {isNew
        ? choice(
            "momentId",
            t("moment"),
            moments.map(({ id, name, nameHe }) => [id, (isHebrew && nameHe) || name]),
          )
        : null}
      {line("name", t("name"))}
      {line("nameHe", t("name_he"))}
      {choice(
        "role",
        t("role"),
        roles.map((value) => [value, members(`roles.${value}`)]),
        t("role_of_moment"),
      )}
      {choice(
        "selection",
        t("picked"),
        selections.map((value) => [value, t(`selection.${value}`)]),
      )}
      <Field label={t("weeks")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={52}
            value={edited.weeks}
            onChange={(event) => onChange({ weeks: Number(event.target.value) || 1 })}
          />
        )}
      </Field>
      <span className="max-sm:hidden" />
      {words("content", t("content"))}
      {words("contentHe", t("content_he"))}
    </div>
  );
}
