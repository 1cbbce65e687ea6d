"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";

type Props = { providers: readonly { key: string; name: string }[]; back: string; problem: string | null };

/** Asks next-auth where the provider wants the person; the way there and back is guarded by PKCE, state and nonce. */
async function addressOf(key: string, back: string): Promise<string> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, callbackUrl: back, json: "true" });
  const answer = await fetch(`/api/auth/signin/${encodeURIComponent(key)}`, { method: "POST", body });
  return ((await answer.json()) as { url: string }).url;
}

/** The workspace's own providers, one button each. */
export function ProviderButtons({ providers, back, problem }: Props) {
  const t = useTranslations("auth");
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const go = (key: string) => async () => {
    setBusy(key);
    try {
      window.location.assign(await addressOf(key, back));
    } catch {
      setFailed(true);
      setBusy(null);
    }
  };
  return (
    <div className="grid gap-3">
      <Problem text={failed ? t("sign_in.failed") : problem} />
      {providers.map(({ key, name }) => (
        <Button key={key} size="touch" isBusy={busy === key} onClick={go(key)}>
          <KeyRound aria-hidden className="size-4" strokeWidth={1.5} />
          {t("sign_in.continue", { name })}
        </Button>
      ))}
      {providers.length > 0 ? (
        <p className="flex items-center gap-3 text-12 text-ink-3 before:grow before:border-hairline before:border-t after:grow after:border-hairline after:border-t">
          {t("or")}
        </p>
      ) : null}
    </div>
  );
}
