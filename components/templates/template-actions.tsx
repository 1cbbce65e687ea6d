"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { LinkButton } from "@/components/ui/link-button";
import { say } from "@/components/ui/toast";
import { paths } from "@/lib/paths";
import { createDraftAction, makeDefaultTemplateAction } from "@/lib/templates/actions";
import type { TemplateSummary } from "@/lib/templates/schema";

type Props = {
  workspace: string;
  template: Pick<TemplateSummary, "id" | "status" | "isDefault">;
  draftId: string | null;
};

/** What a manager may do with a version: go on with its draft or begin one, and make it the default. */
export function TemplateActions({ workspace, template, draftId }: Props) {
  const t = useTranslations("templates");
  const words = useErrorWords();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);

  async function begin() {
    setBusy(true);
    const result = await createDraftAction(workspace, { fromId: template.id });
    setBusy(false);
    if (result.ok) return router.push(paths.template(workspace, result.data.id));
    const { current } = result.error as { current?: { id?: string } };
    if (result.error.reason === "draft_exists" && current?.id)
      return router.push(paths.template(workspace, current.id));
    void say(words(result.error), { isError: true });
  }

  async function makeDefault() {
    setBusy(true);
    const result = await makeDefaultTemplateAction(workspace, { id: template.id });
    setBusy(false);
    if (!result.ok) return void say(words(result.error), { isError: true });
    void say(t("is_default_now"));
    router.refresh();
  }

  return (
    <span className="inline-flex gap-2">
      {template.status === "published" && !template.isDefault ? (
        <Button kind="text" onClick={makeDefault} isBusy={isBusy}>
          {t("make_default")}
        </Button>
      ) : null}
      {draftId ? (
        <LinkButton href={paths.template(workspace, draftId)} prefetch={false}>
          {t("open_draft")}
        </LinkButton>
      ) : (
        <Button onClick={begin} isBusy={isBusy}>
          {t("begin_draft")}
        </Button>
      )}
    </span>
  );
}
