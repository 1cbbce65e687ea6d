"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { useErrorWords } from "@/components/ui/error-words";
import { Problem } from "@/components/ui/problem";
import { endMyOtherSessionsAction, endMySessionAction } from "@/lib/auth/actions";
import type { SessionView } from "@/lib/auth/sessions";
import type { ActionResult } from "@/lib/errors";

/** Where one is signed in, each with its own end. */
export function SessionList({ sessions }: { sessions: readonly SessionView[] }) {
  const t = useTranslations("auth.sessions");
  const words = useErrorWords();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const end = (key: string, work: () => Promise<ActionResult<void>>) => async () => {
    setBusy(key);
    const result = await work();
    setBusy(null);
    setProblem(result.ok ? null : words(result.error));
    router.refresh();
  };
  return (
    <div className="grid gap-3" aria-busy={busy !== null}>
      <ul>
        {sessions.map(({ id, isThis, browser, system, lastUsedAt }) => (
          <li key={id} className="flex min-h-11 items-center gap-3 border-hairline border-t py-2 last:border-b">
            <div className="min-w-0 grow">
              <p className="font-550 text-14">
                <bdi>{browser && system ? t("browser_on", { browser, system }) : t("unknown")}</bdi>
              </p>
              <p className="text-12 text-ink-3">
                {isThis ? t("this") : t.rich("last_used", { time: () => <DateTime at={lastUsedAt} /> })}
              </p>
            </div>
            {isThis ? null : (
              <Button kind="text" isBusy={busy === id} onClick={end(id, () => endMySessionAction({ id }))}>
                {t("revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      {sessions.length > 1 ? (
        <Button size="touch" isBusy={busy === "others"} onClick={end("others", () => endMyOtherSessionsAction({}))}>
          {t("revoke_others")}
        </Button>
      ) : null}
    </div>
  );
}
