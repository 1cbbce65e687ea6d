"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { tagCommentAction, untagCommentAction } from "@/lib/themes/actions";
import type { CommentTagView } from "@/lib/themes/schema";
import { namedIn } from "./words";

export type ThemeOption = { themeId: string; name: string; nameHe: string };

type Props = {
  workspace: string;
  responseId: string;
  tags: readonly CommentTagView[];
  themes: readonly ThemeOption[];
  mayTag: boolean;
};

/** What a comment speaks of: by rule in outline, by hand filled; a person takes off and adds. */
export function TagEditor({ workspace, responseId, tags, themes, mayTag }: Props) {
  const t = useTranslations("themes");
  const locale = useLocale();
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const act = async (work: Parameters<typeof run>[0]) => {
    if (await run(work)) router.refresh();
  };
  const free = themes.filter(({ themeId }) => !tags.some((tag) => tag.themeId === themeId));
  return (
    <div className="flex flex-wrap items-center gap-1.5 pt-1" aria-busy={isBusy}>
      {tags.map((tag) => (
        <span
          key={tag.themeId}
          title={
            tag.source === "rule" ? t("by_rule", { word: tag.matched }) : t("by_hand", { name: tag.authorName ?? "" })
          }
          className={`inline-flex h-6 items-center gap-1 rounded-control border px-1.5 text-12 ${tag.source === "rule" ? "border-hairline-strong border-dashed" : "border-hairline-strong bg-sunk"} ${tag.polarity === "negative" ? "text-bad" : "text-ink-1"}`}
        >
          {namedIn(locale, tag)}
          <span className="sr-only">{t(`polarity.${tag.polarity}`)}</span>
          {mayTag ? (
            <IconButton
              icon={X}
              className="size-6"
              label={t("take_off", { name: namedIn(locale, tag) })}
              onClick={() => void act(() => untagCommentAction(workspace, { responseId, themeId: tag.themeId }))}
            />
          ) : null}
        </span>
      ))}
      {mayTag && free.length > 0 ? (
        <Select
          isWord
          aria-label={t("add_tag")}
          value=""
          placeholder={t("add_tag")}
          disabled={isBusy}
          options={free.map((theme) => ({ value: theme.themeId, label: namedIn(locale, theme) }))}
          onChange={(event) => {
            const themeId = event.target.value;
            if (themeId) void act(() => tagCommentAction(workspace, { responseId, themeId }));
          }}
        />
      ) : null}
      {error ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
    </div>
  );
}
