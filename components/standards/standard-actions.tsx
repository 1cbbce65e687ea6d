"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LinkButton } from "@/components/ui/link-button";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { draftStandardAction, retireStandardAction } from "@/lib/standards/actions";

type Props = { workspace: string; id: string; draftId: string | null; name: string };

/** What a manager may do with a standard: change it in a draft, or end it. */
export function StandardActions({ workspace, id, draftId, name }: Props) {
  const t = useTranslations("standards");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isEnding, setEnding] = useState(false);

  const begin = () =>
    run(async () => {
      const result = await draftStandardAction(workspace, { id });
      if (result.ok) router.push(paths.standard(workspace, result.data.id));
      return result;
    });

  async function end() {
    if (await run(() => retireStandardAction(workspace, { id }))) {
      setEnding(false);
      router.refresh();
    }
  }

  return (
    <span className="inline-flex flex-wrap gap-2">
      {error && !isEnding ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
      <Button kind="text" aria-label={t("retire_one", { name })} onClick={() => setEnding(true)}>
        {t("retire")}
      </Button>
      {draftId ? (
        <LinkButton
          href={paths.standard(workspace, draftId)}
          prefetch={false}
          aria-label={t("open_draft_of", { name })}
        >
          {t("open_draft")}
        </LinkButton>
      ) : (
        <Button onClick={begin} isBusy={isBusy} aria-label={t("begin_draft_of", { name })}>
          {t("begin_draft")}
        </Button>
      )}
      {isEnding ? (
        <ConfirmDialog
          title={t("retire_one", { name })}
          confirm={t("retire")}
          isBusy={isBusy}
          error={error}
          onClose={() => setEnding(false)}
          onConfirm={end}
        >
          <p className="text-13">{t("retire_hint")}</p>
        </ConfirmDialog>
      ) : null}
    </span>
  );
}
