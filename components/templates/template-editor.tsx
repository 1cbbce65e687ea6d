"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DraftButtons } from "@/components/ui/draft-buttons";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { late } from "@/components/ui/late";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { say } from "@/components/ui/toast";
import type { PublicError } from "@/lib/errors";
import { newId } from "@/lib/identifiers";
import { paths } from "@/lib/paths";
import { discardDraftAction, updateDraftAction } from "@/lib/templates/actions";
import { lintTemplate } from "@/lib/templates/rules";
import type { LintIssue, TemplateView } from "@/lib/templates/schema";
import { ImpactView } from "./impact-view";
import { StageForm } from "./stage-form";
import { StageList } from "./stage-list";
import { stagesOf, useDraft } from "./use-draft";

const PublishDialog = late(() => import("./publish-dialog").then((module) => module.PublishDialog));

type Props = { workspace: string; template: TemplateView };

/** The editor of a draft: what is wrong is said while one types, what publishing changes once it is saved. */
export function TemplateEditor({ workspace, template }: Props) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const words = useErrorWords();
  const router = useRouter();
  const { draft, change } = useDraft(template);
  const [selectedId, setSelectedId] = useState<string | null>(draft.stages[0]?.id ?? null);
  const [isBusy, setBusy] = useState(false);
  const [isPublishing, setPublishing] = useState(false);
  const [theirs, setTheirs] = useState<{ version: number; name: string } | null>(null);
  const isHebrew = useLocale() === "he";
  const spokes = template.spokes.map((spoke) => (isHebrew && spoke.nameHe ? { ...spoke, name: spoke.nameHe } : spoke));
  const issues = lintTemplate(draft, template.spokes);
  const selected = draft.stages.findIndex(({ id }) => id === selectedId);
  const stage = draft.stages[selected];

  function explain(error: PublicError) {
    if (error.code === "conflict" && error.reason === "version")
      setTheirs(error.current as { version: number; name: string });
    else void say(words(error), { isError: true });
  }

  async function save(version = draft.version) {
    setBusy(true);
    const result = await updateDraftAction(workspace, {
      id: template.id,
      version,
      name: draft.name,
      stages: stagesOf(draft),
    });
    setBusy(false);
    if (!result.ok) return explain(result.error);
    setTheirs(null);
    change({ kind: "saved", version: result.data.version, sent: draft });
    void say(common("saved"));
    router.refresh();
  }

  async function discard() {
    setBusy(true);
    const result = await discardDraftAction(workspace, { id: template.id });
    setBusy(false);
    if (!result.ok) return explain(result.error);
    router.push(paths.templates(workspace));
  }

  function add() {
    const id = newId();
    change({ kind: "add", id, name: t("new_stage"), spokeId: template.spokes[0]?.id ?? "", afterId: selectedId });
    setSelectedId(id);
  }
  useShortcuts([{ keys: "$mod+s", label: common("save"), run: () => void save() }]);

  return (
    <div aria-busy={isBusy}>
      <PageHead
        above={t("draft_of", { number: template.number })}
        title={<bdi>{draft.name || t("unnamed")}</bdi>}
        statement={issues.length === 0 ? t("complete") : t("incomplete", { count: issues.length })}
      >
        <DraftButtons
          {...{ isBusy, isDirty: draft.isDirty }}
          isComplete={issues.length === 0}
          words={{ discard: t("discard"), publish: t("publish"), saveFirst: t("save_first") }}
          onDiscard={() => void discard()}
          onSave={() => void save()}
          onPublish={() => setPublishing(true)}
        />
      </PageHead>
      {theirs ? (
        <ConflictBand
          name={theirs.name}
          onTheirs={() => window.location.reload()}
          onMine={() => {
            change({ kind: "version", version: theirs.version });
            void save(theirs.version);
          }}
        />
      ) : null}
      <div className="grid lg:grid-cols-[minmax(300px,2fr)_minmax(0,5fr)]">
        <div className="border-hairline lg:border-e">
          <div className="grid gap-3 px-4 py-4 md:ps-7">
            <Field label={t("name")} isRequired error={draft.name.trim() ? undefined : common("required")}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.name}
                  maxLength={120}
                  onChange={(event) => change({ kind: "name", name: event.target.value })}
                />
              )}
            </Field>
          </div>
          <StageList
            stages={draft.stages}
            spokes={spokes}
            issues={issues}
            selectedId={selectedId}
            onSelect={setSelectedId}
            onChange={change}
          />
          <div className="border-hairline border-t px-4 py-3 md:ps-7">
            <Button onClick={add}>{t("add_stage")}</Button>
            <p className="pt-2 text-12 text-ink-3">{t("move_hint")}</p>
          </div>
        </div>
        <div className="px-4 pb-10 md:px-7">
          <Issues issues={issues} stageNames={draft.stages.map(({ name }) => name)} />
          {stage ? (
            <section aria-labelledby="stage">
              <SectionHead id="stage" title={stage.name || t("unnamed")} />
              <StageForm
                key={stage.id}
                stage={stage}
                later={draft.stages.slice(selected + 1)}
                spokes={spokes}
                errorOf={(field) => {
                  const issue = issues.find(
                    ({ path }) =>
                      path === `stages.${selected}.${field}` || path.startsWith(`stages.${selected}.${field}.`),
                  );
                  return issue ? t(`lint.${issue.reason}`, issue.params) : undefined;
                }}
                onChange={(part) => change({ kind: "stage", id: stage.id, change: part })}
              />
            </section>
          ) : null}
        </div>
      </div>
      {isPublishing && template.impact ? (
        <PublishDialog
          workspace={workspace}
          id={template.id}
          version={draft.version}
          onClose={() => setPublishing(false)}
          onRefused={explain}
        >
          <ImpactView impact={template.impact} />
        </PublishDialog>
      ) : null}
    </div>
  );
}

function Issues({ issues, stageNames }: { issues: readonly LintIssue[]; stageNames: readonly string[] }) {
  const t = useTranslations("templates");
  if (issues.length === 0) return null;
  return (
    <section aria-labelledby="issues">
      <SectionHead id="issues" title={t("issues")} note={t("issues_note")} />
      <ul className="border-bad border-t-2 text-13">
        {issues.map(({ path, reason, params }) => {
          const place = stageNames[Number(path.split(".")[1])];
          return (
            <li key={`${path} ${reason} ${JSON.stringify(params ?? {})}`} className="border-hairline border-b py-1.5">
              {place ? (
                <>
                  <bdi className="font-550">{place}</bdi>:{" "}
                </>
              ) : null}
              {t(`lint.${reason}`, params)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ConflictBand({ name, onTheirs, onMine }: { name: string; onTheirs: () => void; onMine: () => void }) {
  const t = useTranslations("templates");
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 border-warn border-s-3 bg-warn-quiet px-4 py-3 md:px-7"
    >
      <p className="text-13">{t("conflict", { name })}</p>
      <Button onClick={onTheirs}>{t("take_theirs")}</Button>
      <Button onClick={onMine}>{t("keep_mine")}</Button>
    </div>
  );
}
