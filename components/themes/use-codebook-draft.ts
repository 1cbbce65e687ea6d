"use client";

import { useState } from "react";
import { useUnsaved } from "@/components/ui/use-unsaved";
import { newId } from "@/lib/identifiers";
import type { CodebookView, ThemeInput } from "@/lib/themes/schema";

/** A theme on the screen: an id of its own, because a new one has none yet; words as they are typed, a comma between them. */
export type EditedTheme = {
  id: string;
  themeId: string | null;
  name: string;
  nameHe: string;
  definition: string;
  words: string;
  wordsHe: string;
};

const wordsOf = (text: string) =>
  text
    .split(/[,\n;،]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** The themes as the server takes them. */
export function themesOf(themes: readonly EditedTheme[]): ThemeInput[] {
  return themes.map(({ id: _id, words, wordsHe, ...rest }) => ({
    ...rest,
    words: wordsOf(words),
    wordsHe: wordsOf(wordsHe),
  }));
}

/** What the editor of the codebook holds; the browser asks before unsaved changes are left behind. */
export function useCodebookDraft(draft: CodebookView) {
  const [version, setVersion] = useState(draft.version);
  const unsaved = useUnsaved();
  const [themes, setThemes] = useState<EditedTheme[]>(() =>
    draft.themes.map(({ key: _key, words, wordsHe, ...theme }) => ({
      ...theme,
      id: theme.themeId,
      words: words.join(", "),
      wordsHe: wordsHe.join(", "),
    })),
  );
  const edit = (change: (before: EditedTheme[]) => EditedTheme[]) => {
    setThemes(change);
    unsaved.edited();
  };
  return {
    version,
    isDirty: unsaved.isDirty,
    themes,
    add: () =>
      edit((before) => [
        ...before,
        { id: newId(), themeId: null, name: "", nameHe: "", definition: "", words: "", wordsHe: "" },
      ]),
    remove: (id: string) => edit((before) => before.filter((theme) => theme.id !== id)),
    change: (id: string, part: Partial<EditedTheme>) =>
      edit((before) => before.map((theme) => (theme.id === id ? { ...theme, ...part } : theme))),
    saved: (next: number) => {
      setVersion(next);
      unsaved.saved();
    },
  };
}
