"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { paths } from "@/lib/paths";

type Props = { back: string };

/** Sends the form to next-auth with its CSRF token; the answer is a place to go or nothing. */
async function send(form: FormData): Promise<"in" | "wrong" | "limited" | "failed"> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({
    csrfToken,
    json: "true",
    email: String(form.get("email")),
    password: String(form.get("password")),
  });
  const answer = await fetch("/api/auth/callback/credentials", { method: "POST", body });
  if (answer.status === 429) return "limited";
  if (answer.status === 401) return "wrong";
  return answer.ok ? "in" : "failed";
}

/** E-mail and password; what was wrong is never said more precisely than that. */
export function SignInForm({ back }: Props) {
  const t = useTranslations("auth");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const result = await send(new FormData(event.currentTarget)).catch(() => "failed" as const);
    if (result === "in") {
      window.location.assign(back);
      return;
    }
    setBusy(false);
    setProblem(t(`sign_in.${result}`));
  };
  return (
    <form onSubmit={submit} className="grid gap-4" aria-busy={isBusy}>
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
      {problem ? (
        <p role="alert" className="text-13 text-bad">
          {problem}
        </p>
      ) : null}
      <Button kind="primary" size="touch" type="submit" isBusy={isBusy}>
        {t("sign_in.do")}
      </Button>
      <Link href={paths.forgot()} className="text-13 text-accent-text hover:underline">
        {t("forgot.link")}
      </Link>
    </form>
  );
}
