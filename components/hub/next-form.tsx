"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Next = { name: string; dueAt?: string };

/** Plans what comes next and by when; what stood before is superseded. */
export function NextForm({ onClose, onSet }: { onClose: () => void; onSet: (next: Next) => void }) {
  const t = useTranslations("hub");
  return (
    <Dialog isOpen onClose={onClose} title={t("more.next")}>
      <form
        className="grid gap-3"
        action={(form) => {
          const at = String(form.get("at") ?? "");
          onSet({ name: String(form.get("name") ?? ""), ...(at ? { dueAt: new Date(at).toISOString() } : {}) });
        }}
      >
        <Field label={t("more.what")}>{(control) => <Input {...control} name="name" required />}</Field>
        <Field label={t("more.when")}>{(control) => <Input {...control} type="datetime-local" name="at" />}</Field>
        <div className="flex justify-end">
          <Button kind="primary" type="submit">
            {t("more.set")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
