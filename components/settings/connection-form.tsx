"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { addConnectionAction } from "@/lib/connections/actions";

/** Adds an OpenID provider; its secret goes in and never comes out. */
export function ConnectionForm({ workspace }: { workspace: string }) {
  const t = useTranslations("settings.signOn");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const text = (key: string) => String(form.get(key) ?? "").trim();
      return addConnectionAction(workspace, {
        name: text("name"),
        issuer: text("issuer"),
        clientId: text("clientId"),
        clientSecret: text("clientSecret"),
      });
    },
    (_data, form) => {
      form?.reset();
      void say(common("saved"));
      router.refresh();
    },
  );
  const fields = error?.fields ?? {};
  return (
    <form {...formProps} className="grid max-w-2xl gap-4 sm:grid-cols-2">
      <Field label={t("name")} error={fields.name ? common("required") : undefined} isRequired>
        {(control) => <Input {...control} name="name" required maxLength={60} />}
      </Field>
      <Field
        label={t("issuer")}
        hint={t("issuer_hint")}
        error={fields.issuer ? t("error_issuer") : undefined}
        isRequired
      >
        {(control) => <Input {...control} name="issuer" type="url" required dir="ltr" />}
      </Field>
      <Field label={t("client_id")} isRequired>
        {(control) => <Input {...control} name="clientId" required autoComplete="off" dir="ltr" />}
      </Field>
      <Field label={t("client_secret")} hint={t("client_secret_hint")} isRequired>
        {(control) => (
          <Input {...control} name="clientSecret" type="password" required autoComplete="new-password" dir="ltr" />
        )}
      </Field>
      <div className="grid gap-2 sm:col-span-2">
        <Problem text={error && !error.fields ? errorWords(error) : null} />
        <div>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {t("new")}
          </Button>
        </div>
      </div>
    </form>
  );
}
