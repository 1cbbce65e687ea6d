"use client";

import { Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useErrorWords } from "@/components/ui/error-words";
import { Menu } from "@/components/ui/menu";
import { say } from "@/components/ui/toast";
import { errorOf, unwrap } from "@/lib/request";
import { deleteViewAction, updateViewAction } from "@/lib/views/actions";
import type { SavedViewView } from "@/lib/views/schema";
import { SaveViewDialog } from "./save-view-dialog";

type Props = {
  workspace: string;
  views: readonly SavedViewView[];
  /** The filter as it stands. */
  query: string;
  currentId: string | null;
  onOpen: (view: SavedViewView | null) => void;
  onChanged: (currentId?: string | null) => void;
};

/** Saved views as tabs; a dot says that the filter was changed since, with save, save as and reset. */
export function ViewBar({ workspace, views, query, currentId, onOpen, onChanged }: Props) {
  const t = useTranslations("views");
  const words = useErrorWords();
  const [isSaving, setIsSaving] = useState(false);
  const current = views.find(({ id }) => id === currentId) ?? null;
  const isEdited = current !== null && current.query !== query;
  const run = async (work: () => Promise<unknown>, nextId?: string | null) => {
    try {
      await work();
      onChanged(nextId);
    } catch (error) {
      const shown = errorOf(error);
      await say(t.has(`reasons.${shown.reason}`) ? t(`reasons.${shown.reason}`) : words(shown), { isError: true });
      onChanged();
    }
  };
  const change = (
    view: SavedViewView,
    changes: { query?: string; isPinned?: boolean; scope?: SavedViewView["scope"] },
  ) => run(async () => unwrap(await updateViewAction(workspace, { id: view.id, version: view.version, ...changes })));
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-1 border-hairline border-b px-4 md:px-7">
      <Tab isCurrent={current === null} onPress={() => onOpen(null)}>
        {t("all")}
      </Tab>
      {views.map((view) => (
        <Tab key={view.id} isCurrent={view.id === currentId} onPress={() => onOpen(view)}>
          {view.isPinned ? <Pin aria-label={t("pinned")} className="size-3" strokeWidth={1.5} /> : null}
          <bdi>{view.name}</bdi>
          {view.id === currentId && isEdited ? (
            <span className="text-accent-text" role="img" aria-label={t("edited")}>
              •
            </span>
          ) : null}
        </Tab>
      ))}
      <div className="ms-auto flex items-center gap-1">
        {current && isEdited ? (
          <>
            {current.isMine ? (
              <Button kind="text" onClick={() => change(current, { query })}>
                {t("save")}
              </Button>
            ) : null}
            <Button kind="text" onClick={() => onOpen(current)}>
              {t("reset")}
            </Button>
          </>
        ) : null}
        {query !== "" || current ? (
          <Button kind="text" onClick={() => setIsSaving(true)}>
            {current && !current.isMine && isEdited ? t("save_copy") : t("save_as")}
          </Button>
        ) : null}
        {current?.isMine ? (
          <Menu
            label={t("options")}
            trigger={<Button kind="text">{t("options")}</Button>}
            items={[
              {
                label: current.isPinned ? t("unpin") : t("pin"),
                onSelect: () => void change(current, { isPinned: !current.isPinned }),
              },
              ...(["private", "team", "workspace"] as const).map((scope) => ({
                label: t(`scopes.${scope}`),
                isCurrent: current.scope === scope,
                onSelect: () => void change(current, { scope }),
              })),
              {
                label: t("delete"),
                onSelect: () =>
                  void run(async () => unwrap(await deleteViewAction(workspace, { id: current.id })), null),
              },
            ]}
          />
        ) : null}
      </div>
      {isSaving ? (
        <SaveViewDialog
          workspace={workspace}
          query={query}
          onClose={() => setIsSaving(false)}
          onSaved={(id) => onChanged(id)}
        />
      ) : null}
    </div>
  );
}

function Tab({ isCurrent, onPress, children }: { isCurrent: boolean; onPress: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? "true" : undefined}
      onClick={onPress}
      className={cn(
        "flex min-h-10 items-center gap-1.5 border-b-2 px-2",
        isCurrent ? "border-accent font-550" : "border-transparent text-ink-2 hover:text-ink-1",
      )}
    >
      {children}
    </button>
  );
}
