"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Problem } from "@/components/ui/problem";
import { useSubmit } from "@/components/ui/use-submit";
import { changeMyPasswordAction } from "@/lib/auth/actions";
import { SecretField } from "./secret-field";

/** Changes one's password; every other browser is signed out by it. */
export function PasswordForm() {
  const t = useTranslations("auth");
  const words = useErrorWords();
  const [isDone, setDone] = useState(false);
  const { formProps, isBusy, error } = useSubmit(
    (form) => changeMyPasswordAction({ current: String(form.get("current")), password: String(form.get("password")) }),
    (_data, form) => {
      form?.reset();
      setDone(true);
    },
  );
  const fields = error?.fields;
  return (
    <form {...formProps} className="grid gap-4">
      <SecretField
        name="current"
        label={t("sessions.current")}
        purpose="current-password"
        error={fields?.current ? t("sessions.wrong_current") : undefined}
      />
      <SecretField
        name="password"
        label={t("sessions.new")}
        purpose="new-password"
        hint={t("reset.short_hint")}
        error={fields?.password ? t("reset.short") : undefined}
      />
      <Problem text={error && !fields ? words(error) : null} />
      {isDone ? (
        <p role="status" className="text-13">
          {t("sessions.changed")}
        </p>
      ) : null}
      <Button type="submit" size="touch" isBusy={isBusy}>
        {t("sessions.change")}
      </Button>
    </form>
  );
}
