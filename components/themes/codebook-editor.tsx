"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DraftButtons } from "@/components/ui/draft-buttons";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { discardCodebookAction, publishCodebookAction, saveCodebookAction } from "@/lib/themes/actions";
import { lintCodebook } from "@/lib/themes/rules";
import type { CodebookView } from "@/lib/themes/schema";
import { type EditedTheme, themesOf, useCodebookDraft } from "./use-codebook-draft";

type Props = { workspace: string; draft: CodebookView };

/** The editor of the next codebook: what it lacks is said while one types; published, it reads every comment again. */
export function CodebookEditor({ workspace, draft }: Props) {
  const t = useTranslations("themes");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const { version, isDirty, themes, add, remove, change, saved } = useCodebookDraft(draft);
  const issues = lintCodebook(themesOf(themes).map((theme) => ({ ...theme, key: null })));
  const whole = issues.filter(({ path }) => path === "themes");
  const errorAt = (place: number, field: string) => {
    const issue = issues.find(({ path }) => path === `themes.${place}.${field}`);
    return issue ? t(`lint.${issue.reason}`) : undefined;
  };
  const save = async () => {
    const isSaved = await run(async () => {
      const result = await saveCodebookAction(workspace, { id: draft.id, version, themes: themesOf(themes) });
      if (result.ok) saved(result.data.version);
      return result;
    });
    if (!isSaved) return;
    void say(common("saved"));
    router.refresh();
  };
  const leave = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  return (
    <div aria-busy={isBusy}>
      <PageHead
        title={t("codebook.draft_title", { number: draft.number })}
        above={
          <Link href={paths.themes(workspace)} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        statement={issues.length === 0 ? t("codebook.complete") : t("codebook.incomplete", { count: issues.length })}
      >
        <DraftButtons
          {...{ isBusy, isDirty }}
          isComplete={issues.length === 0}
          words={{
            discard: t("codebook.discard"),
            publish: t("codebook.publish"),
            saveFirst: t("codebook.save_first"),
          }}
          onDiscard={() => void leave(() => discardCodebookAction(workspace, { id: draft.id }))}
          onSave={() => void save()}
          onPublish={() => void leave(() => publishCodebookAction(workspace, { id: draft.id, version }))}
        />
      </PageHead>
      <div className="px-4 pb-10 md:px-7">
        {[error, ...whole.map(({ reason }) => t(`lint.${reason}`))].map((line) =>
          line ? (
            <p key={line} role="alert" className="pt-3 text-13 text-bad">
              {line}
            </p>
          ) : null,
        )}
        <p className="max-w-[64em] pt-3 text-13 text-ink-2">{t("codebook.words_hint")}</p>
        <ol>
          {themes.map((theme, place) => (
            <li key={theme.id} className="border-hairline border-b py-4">
              <ThemeForm
                theme={theme}
                errorOf={(field) => errorAt(place, field)}
                onChange={(part) => change(theme.id, part)}
                onRemove={() => remove(theme.id)}
              />
            </li>
          ))}
        </ol>
        <Button className="mt-4" onClick={add}>
          {t("codebook.add")}
        </Button>
      </div>
    </div>
  );
}

type FormProps = {
  theme: EditedTheme;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<EditedTheme>) => void;
  onRemove: () => void;
};

function ThemeForm({ theme, errorOf, onChange, onRemove }: FormProps) {
  const t = useTranslations("themes");
  const line = (field: "name" | "nameHe" | "definition", most: number) => (
    <Field label={t(`codebook.${field}`)} error={errorOf(field)}>
      {(control) => (
        <Input
          {...control}
          dir={field === "nameHe" ? "rtl" : "auto"}
          maxLength={most}
          value={theme[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const words = (field: "words" | "wordsHe") => (
    <Field label={t(`codebook.${field}`)} error={errorOf(field)}>
      {(control) => (
        <Textarea
          {...control}
          dir={field === "wordsHe" ? "rtl" : "ltr"}
          value={theme[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-3 md:grid-cols-2">
      {line("name", 80)}
      {line("nameHe", 80)}
      {words("words")}
      {words("wordsHe")}
      {line("definition", 500)}
      <div className="flex items-end">
        <Button kind="text" onClick={onRemove}>
          {t("codebook.remove")}
        </Button>
      </div>
    </div>
  );
}
