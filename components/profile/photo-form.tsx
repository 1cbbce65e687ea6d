"use client";

import { UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button, buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useErrorWords } from "@/components/ui/error-words";
import { say } from "@/components/ui/toast";
import type { PublicError } from "@/lib/errors";
import { removePhotoAction } from "@/lib/members/actions";
import { photoTypes } from "@/lib/members/picture";
import { paths } from "@/lib/paths";

type Props = { workspace: string; name: string; photo: string | null };

const unreachable: PublicError = { code: "unavailable", reason: "unavailable" };

async function send(workspace: string, file: File): Promise<PublicError | null> {
  const address = `${paths.api(workspace, "/profile/photo")}?name=${encodeURIComponent(file.name)}`;
  const headers = { "content-type": "application/octet-stream" };
  const answer = await fetch(address, { method: "POST", headers, body: file }).catch(() => null);
  if (answer?.ok) return null;
  const body = await answer?.json().catch(() => null);
  return body?.error ?? unreachable;
}

/** One's own photo: chosen, shown, taken away; what is wrong with a file stands under its field. */
export function PhotoForm({ workspace, name, photo }: Props) {
  const t = useTranslations("profile");
  const words = useErrorWords();
  const router = useRouter();
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const finish = async (failure: PublicError | null, said: string) => {
    const reason = failure?.fields?.photo ?? (failure?.code === "too_large" ? "photo_too_large" : undefined);
    setError(failure === null ? null : reason && t.has(`errors.${reason}`) ? t(`errors.${reason}`) : words(failure));
    setBusy(false);
    if (failure) return;
    await say(said);
    router.refresh();
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    await finish(await send(workspace, file), t("saved"));
  };
  const remove = async () => {
    setBusy(true);
    const result = await removePhotoAction(workspace, {}).catch(() => null);
    await finish(result === null ? unreachable : result.ok ? null : result.error, t("removed"));
  };

  return (
    <div className="flex flex-wrap items-center gap-5 py-5" aria-busy={isBusy || undefined}>
      <span className="grid size-24 flex-none place-items-center overflow-hidden rounded-full border border-hairline-strong bg-sunk">
        {photo ? (
          <svg role="img" aria-label={t("of", { name })} viewBox="0 0 96 96" className="size-full">
            <image href={photo} width="96" height="96" preserveAspectRatio="xMidYMid slice" />
          </svg>
        ) : (
          <UserRound aria-hidden className="size-8 text-ink-3" strokeWidth={1.25} />
        )}
      </span>
      <div className="grid gap-2">
        <p id={`${id}-name`} className="font-medium font-serif text-20">
          <bdi>{name}</bdi>
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <label
            htmlFor={id}
            className={cn(
              buttonStyle({ kind: photo ? "plain" : "primary" }),
              "cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
            )}
          >
            {photo ? t("change") : t("choose")}
            <input
              id={id}
              type="file"
              accept={photoTypes.join(",")}
              aria-label={t("photo")}
              aria-describedby={`${id}-hint ${id}-error`}
              aria-invalid={error ? true : undefined}
              disabled={isBusy}
              className="sr-only"
              onChange={(event) => {
                void choose(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
          </label>
          {photo ? (
            <Button kind="text" isBusy={isBusy} onClick={() => void remove()}>
              {t("remove")}
            </Button>
          ) : null}
        </div>
        <p id={`${id}-hint`} className="text-12 text-ink-3">
          {t("hint")}
        </p>
        <p id={`${id}-error`} role="alert" className="text-12 text-bad empty:hidden">
          {error}
        </p>
      </div>
    </div>
  );
}
