"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

type Props = {
  title: string;
  people: readonly { id: string; name: string }[];
  asksReason?: boolean;
  onClose: () => void;
  onChosen: (memberId: string, reason: string) => void;
};

/** Chooses one colleague, with a reason where one is owed. */
export function PersonChoice({ title, people, asksReason = false, onClose, onChosen }: Props) {
  const t = useTranslations("hub");
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <form
        className="grid gap-3"
        action={(form) => onChosen(String(form.get("person") ?? ""), String(form.get("reason") ?? ""))}
      >
        <Field label={t("more.person")}>
          {(control) => (
            <Select
              {...control}
              name="person"
              required
              options={people.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        {people.length === 0 ? <p className="text-12 text-ink-3">{t("more.nobody")}</p> : null}
        {asksReason ? (
          <Field label={t("reason")}>{(control) => <Input {...control} name="reason" required />}</Field>
        ) : null}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" disabled={people.length === 0}>
            {t("more.choose")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
