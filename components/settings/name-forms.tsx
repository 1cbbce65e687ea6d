"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { SpokeCode } from "@/components/ui/spoke-code";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { ActionResult } from "@/lib/errors";
import { createTeamAction, renameSpokeAction, renameTeamAction } from "@/lib/workspaces/actions";
import type { SpokeView, TeamView } from "@/lib/workspaces/schema";

function useSaved(work: (form: FormData) => Promise<ActionResult<unknown>>, isNew = false) {
  const common = useTranslations("common");
  const words = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(work, (_data, form) => {
    void say(common("saved"));
    if (isNew) form?.reset();
    router.refresh();
  });
  return { formProps, isBusy, problem: error ? words(error) : null };
}

const textIn = (form: FormData, key: string) => String(form.get(key) ?? "").trim();

/** What a department is called, in both languages. */
export function SpokeForm({ workspace, spoke }: { workspace: string; spoke: SpokeView }) {
  const t = useTranslations("settings.departments");
  const common = useTranslations("common");
  const shown = useLocale() === "he" && spoke.nameHe ? spoke.nameHe : spoke.name;
  const { formProps, isBusy, problem } = useSaved((form) =>
    renameSpokeAction(workspace, { spokeId: spoke.id, name: textIn(form, "name"), nameHe: textIn(form, "nameHe") }),
  );
  return (
    <form {...formProps} className="grid gap-2 border-hairline border-t py-2 sm:grid-cols-[2rem_1fr_1fr_auto]">
      <span className="self-center">
        <SpokeCode code={spoke.code} position={spoke.position} name={shown} />
      </span>
      <Input
        name="name"
        aria-label={`${t("name")}: ${spoke.code}`}
        defaultValue={spoke.name}
        required
        maxLength={120}
      />
      <Input
        name="nameHe"
        aria-label={`${t("name_he")}: ${spoke.code}`}
        defaultValue={spoke.nameHe}
        maxLength={120}
        dir="rtl"
      />
      <Button type="submit" isBusy={isBusy} aria-label={`${common("save")}: ${shown}`}>
        {common("save")}
      </Button>
      <Problem text={problem} />
    </form>
  );
}

/** What a team is called; without a team, a new one. */
export function TeamForm({ workspace, team }: { workspace: string; team?: TeamView }) {
  const t = useTranslations("settings");
  const { formProps, isBusy, problem } = useSaved(
    (form) =>
      team
        ? renameTeamAction(workspace, { teamId: team.id, name: textIn(form, "name") })
        : createTeamAction(workspace, { name: textIn(form, "name") }),
    !team,
  );
  const label = team ? `${t("departments.team")}: ${team.name}` : t("departments.new_team");
  return (
    <form {...formProps} className="grid gap-2 border-hairline border-t py-2 sm:grid-cols-[1fr_auto]">
      <Input
        name="name"
        aria-label={label}
        defaultValue={team?.name}
        placeholder={team ? undefined : t("departments.new_team")}
        required
        maxLength={120}
      />
      <Button type="submit" isBusy={isBusy} aria-label={`${t(team ? "save" : "add")}: ${label}`}>
        {t(team ? "save" : "add")}
      </Button>
      <Problem text={problem} />
    </form>
  );
}
