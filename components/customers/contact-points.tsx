"use client";

import { AtSign, BadgeCheck, Mail, Phone, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { addContactPointAction, removeContactPointAction, verifyContactPointAction } from "@/lib/customers/actions";
import { type ContactPointView, type CustomerView, contactKinds, type PersonView } from "@/lib/customers/schema";
import type { ActionResult } from "@/lib/server/result";

/** Carries a change of the customer out and shows it; answers whether it held. */
export type Apply = (work: () => Promise<ActionResult<CustomerView>>) => Promise<boolean>;

type Props = { workspace: string; customerId: string; person: PersonView; mayEdit: boolean; apply: Apply };

const icons = { email: Mail, phone: Phone, social: AtSign };
const hrefOf = ({ kind, value }: ContactPointView) =>
  kind === "email" ? `mailto:${value}` : kind === "phone" ? `tel:${value}` : undefined;

/** Every way to reach a person, with what was proven; new ones are added in place. */
export function ContactPoints({ workspace, customerId, person, mayEdit, apply }: Props) {
  const t = useTranslations("customers.people");
  const [isAdding, setIsAdding] = useState(false);
  const [isBusy, start] = useTransition();
  const keyOf = (contactPointId: string) => ({ customerId, contactPointId });
  return (
    <div className="grid gap-1" aria-busy={isBusy || undefined}>
      {person.contactPoints.length === 0 && !isAdding ? <p className="text-12 text-ink-3">{t("no_contacts")}</p> : null}
      {person.contactPoints.map((point) => {
        const Icon = icons[point.kind];
        return (
          <div key={point.id} className="flex min-h-8 items-center gap-2">
            <Icon aria-label={t(`kinds.${point.kind}`)} className="size-4 flex-none text-ink-3" strokeWidth={1.5} />
            <a href={hrefOf(point)} className="truncate hover:underline">
              <bdi dir="ltr">{point.value}</bdi>
            </a>
            <span className="text-12 text-ink-3">
              {[point.label, point.isVerified ? t("verified") : null].filter(Boolean).join(" · ")}
            </span>
            {mayEdit ? (
              <span className="ms-auto flex">
                {point.isVerified ? null : (
                  <IconButton
                    icon={BadgeCheck}
                    label={t("verify", { value: point.value })}
                    onClick={() =>
                      start(async () => void (await apply(() => verifyContactPointAction(workspace, keyOf(point.id)))))
                    }
                  />
                )}
                <IconButton
                  icon={Trash2}
                  label={t("remove", { value: point.value })}
                  onClick={() =>
                    start(async () => void (await apply(() => removeContactPointAction(workspace, keyOf(point.id)))))
                  }
                />
              </span>
            ) : null}
          </div>
        );
      })}
      {mayEdit && !isAdding ? (
        <div>
          <Button kind="text" onClick={() => setIsAdding(true)}>
            {t("add_contact")}
          </Button>
        </div>
      ) : null}
      {isAdding ? (
        <AddPoint
          workspace={workspace}
          customerId={customerId}
          personId={person.id}
          apply={apply}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </div>
  );
}

function AddPoint({
  workspace,
  customerId,
  personId,
  apply,
  onClose,
}: {
  workspace: string;
  customerId: string;
  personId: string;
  apply: Apply;
  onClose: () => void;
}) {
  const t = useTranslations("customers.people");
  const common = useTranslations("common");
  const [isSaving, startSaving] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const kind = contactKinds.find((each) => each === form.get("kind")) ?? "phone";
    startSaving(async () => {
      const isDone = await apply(() =>
        addContactPointAction(workspace, { customerId, personId, kind, value: String(form.get("value") ?? "") }),
      );
      if (isDone) onClose();
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2">
      <Select
        name="kind"
        aria-label={t("kind")}
        className="w-auto"
        options={contactKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <Input
        name="value"
        aria-label={t("value")}
        required
        autoFocus
        dir="ltr"
        className="w-56"
        onKeyDown={(event) => (event.key === "Escape" ? onClose() : undefined)}
      />
      <Button type="submit" isBusy={isSaving}>
        {t("add_contact")}
      </Button>
      <Button kind="text" onClick={onClose}>
        {common("cancel")}
      </Button>
    </form>
  );
}
