"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { createCustomerAction } from "@/lib/customers/actions";
import type { CreateCustomerInput } from "@/lib/customers/schema";
import { media } from "@/lib/journeys/vocabulary";
import { paths } from "@/lib/paths";
import type { PublicError } from "@/lib/server/result";
import { useCustomerErrors } from "./customer-words";
import { PersonFields } from "./person-fields";

const textOf = (form: FormData, name: string): string | undefined => String(form.get(name) ?? "").trim() || undefined;
const listOf = (form: FormData, name: string): string[] =>
  (textOf(form, name) ?? "")
    .split(/[,;\n]+/)
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** What the form holds, as the command takes it. */
function read(form: FormData, personKeys: readonly number[]): CreateCustomerInput {
  const persons = personKeys.map((key) => ({
    name: textOf(form, `name-${key}`),
    role: textOf(form, `role-${key}`),
    emails: listOf(form, `email-${key}`),
    phones: listOf(form, `phone-${key}`),
    socials: listOf(form, `social-${key}`),
  }));
  return {
    kind: form.get("kind") === "account" ? "account" : "household",
    persons,
    place: textOf(form, "place"),
    need: textOf(form, "need"),
    origin: textOf(form, "origin"),
    locale: form.get("locale") === "he" ? "he" : "en",
    message: textOf(form, "message"),
    medium: media.find((medium) => medium === form.get("medium")),
    preLead: form.get("preLead") === "on",
  };
}

/** Takes somebody in, fast and by keyboard: Tab through, ⌘↵ saves. */
export function NewCustomerForm({ workspace, locale }: { workspace: string; locale: string }) {
  const t = useTranslations("customers.form");
  const common = useTranslations("common");
  const router = useRouter();
  const errors = useCustomerErrors();
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<PublicError | null>(null);
  const [personKeys, setPersonKeys] = useState([0]);
  const [isSaving, startSaving] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = read(new FormData(event.currentTarget), personKeys);
    startSaving(async () => {
      const result = await createCustomerAction(workspace, input);
      if (!result.ok) return setError(result.error);
      const { id, attached, duplicates } = result.data;
      void say(
        attached ? t("attached") : duplicates.length > 0 ? t("looks_like", { count: duplicates.length }) : t("created"),
      );
      router.push(paths.customer(workspace, id));
    });
  };
  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={(event) =>
        event.key === "Enter" && (event.metaKey || event.ctrlKey) ? form.current?.requestSubmit() : undefined
      }
      className="grid max-w-2xl gap-5 px-4 py-5 md:px-7"
      noValidate
    >
      {error ? (
        <p role="alert" className="text-bad">
          {errors.words(error)}
        </p>
      ) : null}
      {personKeys.map((key, index) => (
        <PersonFields
          key={key}
          number={key}
          index={index}
          errorOf={(field) => errors.field(error, `persons.${index}.${field}`)}
          onRemove={index === 0 ? undefined : () => setPersonKeys(personKeys.filter((each) => each !== key))}
        />
      ))}
      <div>
        <Button kind="text" onClick={() => setPersonKeys([...personKeys, Math.max(...personKeys) + 1])}>
          {t("add_person")}
        </Button>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("place")} error={errors.field(error, "place")}>
          {(control) => <Input {...control} name="place" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label={t("need")} error={errors.field(error, "need")}>
          {(control) => <Input {...control} name="need" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label={t("origin")} error={errors.field(error, "origin")}>
          {(control) => <Input {...control} name="origin" maxLength={100} autoComplete="off" />}
        </Field>
        <Field label={t("kind")}>
          {(control) => (
            <Select
              {...control}
              name="kind"
              options={[
                { value: "household", label: t("household") },
                { value: "account", label: t("account") },
              ]}
            />
          )}
        </Field>
        <Field label={t("locale")}>
          {(control) => (
            <Select
              {...control}
              name="locale"
              defaultValue={locale}
              options={[
                { value: "en", label: t("english") },
                { value: "he", label: t("hebrew") },
              ]}
            />
          )}
        </Field>
        <Field label={t("medium")}>
          {(control) => (
            <Select
              {...control}
              name="medium"
              defaultValue="phone"
              options={media.map((value) => ({ value, label: common(`media.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t("message")} hint={t("message_hint")} error={errors.field(error, "message")}>
        {(control) => <Textarea {...control} name="message" rows={3} maxLength={10_000} />}
      </Field>
      <Checkbox name="preLead" label={t("pre_lead")} />
      <div className="flex gap-2">
        <Button kind="primary" type="submit" isBusy={isSaving}>
          {t("save")}
        </Button>
        <Button onClick={() => router.back()}>{common("cancel")}</Button>
      </div>
    </form>
  );
}
