"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useSubmit } from "@/components/ui/use-submit";
import type { ActionResult, PublicError } from "@/lib/errors";
import { paths } from "@/lib/paths";

type Props = { back: string };

/** Sends the form to next-auth with its CSRF token; the answer is a session or the reason why there is none. */
async function send(form: FormData): Promise<ActionResult<null>> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({
    csrfToken,
    json: "true",
    email: String(form.get("email")),
    password: String(form.get("password")),
  });
  const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
  if (answer.ok) return { ok: true, data: null };
  const code = answer.status === 429 ? "limited" : answer.status === 401 ? "unauthenticated" : "unavailable";
  return { ok: false, error: { code, reason: code } };
}

const wordOf = (error: PublicError) =>
  error.code === "limited" ? "limited" : error.code === "unauthenticated" ? "wrong" : "failed";

/** E-mail and password; what was wrong is never said more precisely than that. */
export function SignInForm({ back }: Props) {
  const t = useTranslations("auth");
  const { formProps, isBusy, error } = useSubmit(send, () => window.location.assign(back));
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
      <Field label={t("password")}>
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="h-11 text-16"
            dir="ltr"
          />
        )}
      </Field>
      <Problem text={error ? t(`sign_in.${wordOf(error)}`) : null} />
      <Button kind="primary" size="touch" type="submit" isBusy={isBusy}>
        {t("sign_in.do")}
      </Button>
      <Link href={paths.forgot()} className="text-13 text-accent-text hover:underline">
        {t("forgot.link")}
      </Link>
    </form>
  );
}
