"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { SectionHead } from "@/components/ui/section-head";
import type { EnablementBoard, ItemView } from "@/lib/enablement/schema";
import { AssignButton } from "./assign-button";
import { AssignmentRow } from "./assignment-row";
import type { MomentOption, PersonOption } from "./enablement-screen";

const ItemDialog = late(() => import("./item-dialog").then((module) => module.ItemDialog));

type Props = {
  workspace: string;
  board: EnablementBoard;
  memberId: string | null;
  people: readonly PersonOption[];
  moments: readonly MomentOption[];
  canAssign: boolean;
  now: string;
};

/** Everything that makes people able, by its moment, and who was given what. */
export function ItemSection({ workspace, board, memberId, people, moments, canAssign, now }: Props) {
  const t = useTranslations("enablement");
  const [open, setOpen] = useState<ItemView | "new" | null>(null);
  return (
    <>
      <section aria-labelledby="items">
        <SectionHead id="items" title={t("items")}>
          {canAssign ? (
            <Button kind="text" onClick={() => setOpen("new")}>
              {t("new")}
            </Button>
          ) : null}
        </SectionHead>
        {board.items.length === 0 ? (
          <p className="max-w-[46em] text-13 text-ink-2">
            {t("items_empty")} {t("items_hint")}
          </p>
        ) : null}
        <ul>
          {board.items.map((item) => (
            <Item
              key={item.id}
              item={item}
              onChange={canAssign ? () => setOpen(item) : null}
              assign={
                canAssign ? (
                  <AssignButton
                    workspace={workspace}
                    item={item}
                    people={people}
                    reason="manager"
                    label={t("assign_item", { item: item.name })}
                    now={now}
                  />
                ) : null
              }
            />
          ))}
        </ul>
      </section>
      <section aria-labelledby="assignments">
        <SectionHead id="assignments" title={t("assignments")} />
        {board.assignments.length === 0 ? <p className="text-13 text-ink-2">{t("assignments_empty")}</p> : null}
        <ul>
          {board.assignments.map((assignment) => (
            <AssignmentRow
              key={assignment.id}
              workspace={workspace}
              assignment={assignment}
              canAssign={canAssign}
              isMine={assignment.memberId === memberId}
            />
          ))}
        </ul>
      </section>
      {open ? (
        <ItemDialog
          workspace={workspace}
          item={open === "new" ? null : open}
          moments={moments}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

type ItemProps = { item: ItemView; onChange: (() => void) | null; assign: React.ReactNode };

function Item({ item, onChange, assign }: ItemProps) {
  const t = useTranslations("enablement");
  const members = useTranslations("members");
  const isHebrew = useLocale() === "he";
  const name = (isHebrew && item.nameHe) || item.name;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5 text-13">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          <bdi className="font-550">{name}</bdi> <span className="text-12 text-ink-3">{t(`kinds.${item.kind}`)}</span>
        </p>
        <p className="text-12 text-ink-3">
          <bdi>{(isHebrew && item.momentNameHe) || item.momentName}</bdi> · {members(`roles.${item.role}`)}
        </p>
      </div>
      <span className="text-ink-2">
        {item.assigned === 0
          ? t("item_unassigned")
          : t("item_state", { completed: item.completed, assigned: item.assigned })}
      </span>
      {onChange ? (
        <Button kind="text" onClick={onChange} aria-label={t("change_one", { name })}>
          {t("change")}
        </Button>
      ) : null}
      {assign}
    </li>
  );
}
