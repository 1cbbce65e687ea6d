"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { isRole, type Role } from "@/lib/auth/roles";
import { createKeyAction } from "@/lib/keys/actions";

/** For how many days a key may hold; the first is offered. */
const spans = [90, 30, 365] as const;

function daysOf(data: FormData): { days?: number } {
  const days = Number(data.get("days"));
  return days > 0 ? { days } : {};
}

type Props = { workspace: string; roles: readonly Role[] };

/** Makes a key and shows it this once. */
export function KeyForm({ workspace, roles }: Props) {
  const t = useTranslations("keys");
  const common = useTranslations("common");
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [errors, setErrors] = useState<{ name?: string; role?: string }>({});

  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const role = String(data.get("role"));
    if (!isRole(role)) return;
    setIsBusy(true);
    const result = await createKeyAction(workspace, { name: String(data.get("name")), role, ...daysOf(data) });
    setIsBusy(false);
    if (result.ok) {
      form.reset();
      setErrors({});
      setSecret(result.data.secret);
      router.refresh();
      return;
    }
    const { code, reason, fields } = result.error;
    if (fields?.name) setErrors({ name: t("errors.name") });
    else if (reason === "role_above_own") setErrors({ role: t("errors.role_above_own") });
    else void say(common(`errors.${code}`), { isError: true });
  }

  async function copy() {
    if (secret === null) return;
    await navigator.clipboard.writeText(secret);
    void say(t("copied"));
  }

  if (secret !== null)
    return (
      <div role="status" className="grid max-w-xl gap-3 border-accent border-s-2 ps-4">
        <p className="font-serif text-20">{t("made")}</p>
        <p className="text-13 text-ink-2">{t("made_hint")}</p>
        <code className="break-all rounded-control bg-sunk px-3 py-2 text-13" data-testid="secret">
          <bdi>{secret}</bdi>
        </code>
        <div className="flex gap-2">
          <Button kind="primary" onClick={copy}>
            {t("copy")}
          </Button>
          <Button onClick={() => setSecret(null)}>{t("done")}</Button>
        </div>
      </div>
    );

  return (
    <form onSubmit={create} className="grid max-w-xl items-start gap-4 md:grid-cols-[1fr_12rem]" aria-busy={isBusy}>
      <Field label={t("name")} hint={t("name_hint")} error={errors.name} isRequired>
        {(control) => <Input name="name" required maxLength={80} autoComplete="off" {...control} />}
      </Field>
      <Field label={t("role")} hint={t("role_hint")} error={errors.role} isRequired>
        {(control) => (
          <Select
            name="role"
            options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
            {...control}
          />
        )}
      </Field>
      <Field label={t("span")} hint={t("span_hint")}>
        {(control) => (
          <Select
            name="days"
            options={[
              ...spans.map((days) => ({ value: String(days), label: t("span_days", { days }) })),
              { value: "", label: t("span_open") },
            ]}
            {...control}
          />
        )}
      </Field>
      <div className="self-center">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {t("create")}
        </Button>
      </div>
    </form>
  );
}
