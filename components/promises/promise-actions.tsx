"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { ofWallText, tomorrowText } from "@/components/ui/wall-time";
import { breakPromiseAction, keepPromiseAction, renegotiatePromiseAction } from "@/lib/promises/actions";

type Props = { workspace: string; promise: { id: string; version: number }; zone: string; onDone: () => void };

/** What can become of an open promise: kept, another date, broken. */
export function PromiseActions({ workspace, promise, zone, onDone }: Props) {
  const t = useTranslations("promises");
  const { isBusy, error, run } = useWrite();
  const [due, setDue] = useState<string | null>(null);
  const { id, version } = promise;

  const act = async (action: Parameters<typeof run>[0], words: string) => {
    if (!(await run(action))) return;
    setDue(null);
    void say(words);
    onDone();
  };

  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-1">
        <Button
          kind="text"
          isBusy={isBusy}
          onClick={() => act(() => keepPromiseAction(workspace, { id, version }), t("kept"))}
        >
          {t("keep")}
        </Button>
        <Button
          kind="text"
          aria-expanded={due !== null}
          onClick={() => setDue(due === null ? tomorrowText(zone) : null)}
        >
          {t("renegotiate")}
        </Button>
        <Button
          kind="text"
          isBusy={isBusy}
          onClick={() => act(() => breakPromiseAction(workspace, { id, version }), t("broken"))}
        >
          {t("break")}
        </Button>
      </div>
      {due === null ? null : (
        <form
          className="flex flex-wrap items-center gap-2"
          action={() =>
            act(
              () => renegotiatePromiseAction(workspace, { id, version, dueAt: ofWallText(due, zone) ?? "" }),
              t("renegotiated"),
            )
          }
        >
          <Input
            type="datetime-local"
            aria-label={t("new_date")}
            required
            value={due}
            onChange={(event) => setDue(event.target.value)}
            className="w-52"
          />
          <Button type="submit" isBusy={isBusy}>
            {t("agree")}
          </Button>
        </form>
      )}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
