"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Problem } from "@/components/ui/problem";
import { useSubmit } from "@/components/ui/use-submit";
import { finishResetAction } from "@/lib/auth/actions";
import { paths } from "@/lib/paths";
import { SecretField } from "./secret-field";

/** Chooses the new password of a reset link and goes to work with it. */
export function ResetForm({ secret }: { secret: string }) {
  const t = useTranslations("auth");
  const words = useErrorWords();
  const { formProps, isBusy, error } = useSubmit(
    (form) => finishResetAction({ secret, password: String(form.get("password")) }),
    () => window.location.assign(paths.root()),
  );
  const field = error?.fields?.password;
  const problem = error && !field ? (error.code === "not_found" ? t("reset.gone") : words(error)) : null;
  return (
    <form {...formProps} className="grid gap-4">
      <SecretField
        name="password"
        label={t("reset.new")}
        purpose="new-password"
        hint={t("reset.short_hint")}
        error={field ? t(field === "long" ? "reset.long" : "reset.short") : undefined}
      />
      <Problem text={problem} />
      <Button kind="primary" size="touch" type="submit" isBusy={isBusy}>
        {t("reset.do")}
      </Button>
    </form>
  );
}
