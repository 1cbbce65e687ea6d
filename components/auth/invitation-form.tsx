"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useSubmit } from "@/components/ui/use-submit";
import { joinByInvitationAction } from "@/lib/auth/actions";
import type { PublicError } from "@/lib/errors";
import { SecretField } from "./secret-field";

type Props = { token: string; name: string; way: "session" | "password" | "new" };

/** Accepts an invitation: in the session, with the password one has, or with name and password for a newcomer. */
export function InvitationForm({ token, name, way }: Props) {
  const t = useTranslations("auth");
  const words = useErrorWords();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const text = (key: string) => (form.has(key) ? { [key]: String(form.get(key)) } : {});
      return joinByInvitationAction({ token, ...text("name"), ...text("password") });
    },
    ({ to }) => window.location.assign(to),
  );
  const wordsOf = (problem: PublicError) => {
    if (problem.reason === "invitation") return t("invitation.gone");
    return problem.reason === "wrong_password" ? t("invitation.wrong") : words(problem);
  };
  const isShort = error?.fields?.password !== undefined;
  return (
    <form {...formProps} className="grid gap-4">
      {way === "new" ? (
        <Field label={t("name")}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={name}
              autoComplete="name"
              required
              maxLength={120}
              className="h-11 text-16"
            />
          )}
        </Field>
      ) : null}
      {way === "session" ? null : (
        <SecretField
          name="password"
          label={t(way === "new" ? "invitation.password_new" : "invitation.password_known")}
          purpose={way === "new" ? "new-password" : "current-password"}
          hint={way === "new" ? t("reset.short_hint") : undefined}
          error={isShort ? t("reset.short") : undefined}
        />
      )}
      <Problem text={error && !isShort ? wordsOf(error) : null} />
      <Button kind="primary" size="touch" type="submit" isBusy={isBusy}>
        {t("invitation.do")}
      </Button>
    </form>
  );
}
