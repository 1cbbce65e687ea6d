"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { late } from "@/components/ui/late";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import type { MomentView } from "@/lib/moments/schema";
import { paths } from "@/lib/paths";
import { discardStandardDraftAction, saveStandardDraftAction } from "@/lib/standards/actions";
import { lintStandard } from "@/lib/standards/rules";
import type { StandardVersionView } from "@/lib/standards/schema";
import { CriterionForm } from "./criterion-form";
import { DiffView } from "./diff-view";
import { criteriaOf, useStandardDraft } from "./use-draft";

const PublishDialog = late(() => import("./publish-dialog").then((module) => module.PublishDialog));

type Props = { workspace: string; standard: StandardVersionView; name: string; moments: readonly MomentView[] };

/** The editor of a draft: what it lacks is said while one types, what it changes once it is saved. */
export function StandardEditor({ workspace, standard, name, moments }: Props) {
  const t = useTranslations("standards");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isPublishing, setPublishing] = useState(false);
  const { draft, setPassMark, add, remove, change, saved } = useStandardDraft(standard);
  const issues = lintStandard(draft);
  const whole = issues.filter(({ path }) => path === "criteria");

  async function save() {
    const { version, passMark } = draft;
    const isSaved = await run(async () => {
      const criteria = criteriaOf(draft);
      const result = await saveStandardDraftAction(workspace, { id: standard.id, version, passMark, criteria });
      if (result.ok) saved(result.data.version);
      return result;
    });
    if (!isSaved) return;
    void say(common("saved"));
    router.refresh();
  }

  async function discard() {
    if (!(await run(() => discardStandardDraftAction(workspace, { id: standard.id })))) return;
    router.push(paths.standards(workspace));
    router.refresh();
  }
  useShortcuts([{ keys: "$mod+s", label: common("save"), run: () => void save() }]);

  return (
    <div aria-busy={isBusy}>
      <PageHead
        above={t("draft_of", { number: standard.number })}
        title={name}
        statement={issues.length === 0 ? t("complete") : t("incomplete", { count: issues.length })}
      >
        <Button kind="text" onClick={discard} disabled={isBusy}>
          {t("discard")}
        </Button>
        <Button onClick={save} isBusy={isBusy} disabled={!draft.isDirty}>
          {common("save")}
        </Button>
        <Button
          kind="primary"
          disabled={draft.isDirty || issues.length > 0}
          title={draft.isDirty ? t("save_first") : undefined}
          onClick={() => setPublishing(true)}
        >
          {t("publish")}
        </Button>
      </PageHead>
      <div className="px-4 pb-10 md:px-7">
        {[error, ...whole.map(({ reason }) => t(`lint.${reason}`))].map((line) =>
          line ? (
            <p key={line} role="alert" className="pt-3 text-13 text-bad">
              {line}
            </p>
          ) : null,
        )}
        <div className="max-w-64 pt-4">
          <Field label={t("pass_mark")} hint={t("pass_mark_hint")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={100}
                step={1}
                value={Math.round(draft.passMark * 100)}
                onChange={(event) =>
                  setPassMark(Math.min(100, Math.max(1, Math.round(event.target.valueAsNumber || 1))) / 100)
                }
              />
            )}
          </Field>
        </div>
        <SectionHead
          title={t("criteria")}
          note={t("weights", { sum: draft.criteria.reduce((sum, { weight }) => sum + weight, 0) })}
        />
        <ol>
          {draft.criteria.map((criterion, index) => (
            <li key={criterion.id} className="border-hairline border-t py-4">
              <CriterionForm
                criterion={criterion}
                moments={moments}
                errorOf={(field) => {
                  const issue = issues.find(({ path }) => path === `criteria.${index}.${field}`);
                  return issue ? t(`lint.${issue.reason}`) : undefined;
                }}
                onChange={(part) => change(criterion.id, part)}
                onRemove={() => remove(criterion.id)}
              />
            </li>
          ))}
        </ol>
        <Button onClick={add}>{t("add")}</Button>
        <SectionHead title={t("diff.title")} note={draft.isDirty ? t("diff.saved_only") : undefined} />
        <DiffView diff={standard.diff} />
      </div>
      {isPublishing ? (
        <PublishDialog
          workspace={workspace}
          id={standard.id}
          version={draft.version}
          diff={standard.diff}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </div>
  );
}
