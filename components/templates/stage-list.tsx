"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { SpokeCode } from "@/components/ui/spoke-code";
import { StatusMark } from "@/components/ui/status-mark";
import type { LintIssue, TemplateSpoke } from "@/lib/templates/schema";
import type { Change, EditedStage } from "./use-draft";

type Props = {
  stages: readonly EditedStage[];
  spokes: readonly TemplateSpoke[];
  issues: readonly LintIssue[];
  selectedId: string | null;
  onSelect: (id: string) => void;
  onChange: (change: Change) => void;
};

/** The stages in their order: pick one to edit, move it by its buttons or by Alt and the arrows. */
export function StageList({ stages, spokes, issues, selectedId, onSelect, onChange }: Props) {
  const t = useTranslations("templates");
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onChange({ kind: "move", id, by: event.key === "ArrowUp" ? -1 : 1 });
  };
  return (
    <ol aria-label={t("stages")}>
      {stages.map((stage, index) => {
        const spoke = spokes.find(({ id }) => id === stage.spokeId);
        const isBroken = issues.some(({ path }) => path === `stages.${index}` || path.startsWith(`stages.${index}.`));
        const isSelected = stage.id === selectedId;
        return (
          <li
            key={stage.id}
            className={cn(
              "relative flex h-row items-center gap-2 border-hairline border-t ps-3 pe-1",
              isSelected
                ? "bg-selected before:absolute before:inset-y-0 before:start-0 before:w-0.75 before:bg-accent"
                : "hover:bg-hover",
            )}
          >
            <button
              type="button"
              aria-current={isSelected ? "true" : undefined}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onClick={() => onSelect(stage.id)}
              onKeyDown={onKeyDown(stage.id)}
              className="flex h-full min-w-0 flex-1 items-center gap-2.5 text-start"
            >
              <span className="num w-5 text-end text-12 text-ink-3">{index + 1}</span>
              {spoke ? <SpokeCode code={spoke.code} position={spoke.position} name={spoke.name} /> : null}
              <span className="truncate font-550 text-13">
                <bdi>{stage.name || t("unnamed")}</bdi>
              </span>
              {isBroken ? (
                <span className="inline-flex items-center gap-1 text-12 text-bad">
                  <StatusMark state="overdue" />
                  {t("look_here")}
                </span>
              ) : null}
            </button>
            <IconButton
              icon={ArrowUp}
              label={t("move_up", { name: stage.name })}
              disabled={index === 0}
              onClick={() => onChange({ kind: "move", id: stage.id, by: -1 })}
            />
            <IconButton
              icon={ArrowDown}
              label={t("move_down", { name: stage.name })}
              disabled={index === stages.length - 1}
              onClick={() => onChange({ kind: "move", id: stage.id, by: 1 })}
            />
            <IconButton
              icon={Trash2}
              label={t("remove", { name: stage.name })}
              disabled={stages.length === 1}
              onClick={() => onChange({ kind: "remove", id: stage.id })}
            />
          </li>
        );
      })}
    </ol>
  );
}
