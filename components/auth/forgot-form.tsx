"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useSubmit } from "@/components/ui/use-submit";
import { askForResetAction } from "@/lib/auth/actions";
import { paths } from "@/lib/paths";

/** Asks for a reset link; the answer is the same whoever asks. */
export function ForgotForm() {
  const t = useTranslations("auth");
  const words = useErrorWords();
  const [isSent, setSent] = useState(false);
  const { formProps, isBusy, error } = useSubmit(
    (form) => askForResetAction({ email: String(form.get("email")) }),
    () => setSent(true),
  );
  const back = (
    <Link href={paths.signIn()} className="text-13 text-accent-text hover:underline">
      {t("forgot.back")}
    </Link>
  );
  if (isSent)
    return (
      <>
        <p role="status" className="text-14">
          {t("forgot.sent")}
        </p>
        {back}
      </>
    );
  return (
    <form {...formProps} className="grid gap-4">
      <Field label={t("email")}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            className="h-11 text-16"
            dir="ltr"
          />
        )}
      </Field>
      <Problem text={error ? words(error) : null} />
      <Button kind="primary" size="touch" type="submit" isBusy={isBusy}>
        {t("forgot.do")}
      </Button>
      {back}
    </form>
  );
}
