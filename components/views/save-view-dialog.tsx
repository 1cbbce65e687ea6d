"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { createViewAction } from "@/lib/views/actions";
import { viewScopes } from "@/lib/views/schema";

type Props = { workspace: string; query: string; onClose: () => void; onSaved: (id: string) => void };

/** Asks for the name and the audience of a view. */
export function SaveViewDialog({ workspace, query, onClose, onSaved }: Props) {
  const t = useTranslations("views");
  const common = useTranslations("common");
  const words = useErrorWords();
  const [error, setError] = useState<string>();
  const [isSaving, startSaving] = useTransition();
  const save = (form: FormData) =>
    startSaving(async () => {
      const scope = viewScopes.find((each) => each === form.get("scope")) ?? "private";
      const result = await createViewAction(workspace, {
        name: String(form.get("name") ?? ""),
        query,
        scope,
        isPinned: form.get("pin") === "on",
      });
      if (!result.ok) return setError(result.error.fields?.name ? t("name_needed") : words(result.error));
      onSaved(result.data.id);
      onClose();
    });
  return (
    <Dialog isOpen onClose={onClose} title={t("save_as")}>
      <form action={save} className="grid gap-4">
        <Field label={t("name")} error={error} isRequired>
          {(control) => <Input {...control} name="name" maxLength={80} required autoComplete="off" />}
        </Field>
        <Field label={t("scope")}>
          {(control) => (
            <Select
              {...control}
              name="scope"
              defaultValue="private"
              options={viewScopes.map((scope) => ({ value: scope, label: t(`scopes.${scope}`) }))}
            />
          )}
        </Field>
        <Checkbox name="pin" label={t("pin")} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" type="submit" isBusy={isSaving}>
            {common("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
