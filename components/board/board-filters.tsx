"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { boardQuery } from "@/lib/board/rules";
import type { Board } from "@/lib/board/schema";
import { paths } from "@/lib/paths";

/** How the board is cut and whose it is; all of it stands in the URL. */
export function BoardFilters({ workspace, board }: { workspace: string; board: Board }) {
  const t = useTranslations("board");
  const router = useRouter();
  const { by, who, templateId: template } = board;
  const to = (change: { by?: string; who?: string; template?: string }) =>
    paths.board(workspace, boardQuery({ by, who, template, ...change }));
  return (
    <>
      {by === "stage" && board.templates.length > 1 ? (
        <span className="w-44">
          <Select
            aria-label={t("template")}
            value={template ?? ""}
            onChange={(event) => router.push(to({ template: event.target.value }))}
            options={board.templates.map(({ id, name, number, status }) => ({
              value: id,
              label: status === "published" && number === 1 ? name : t("template_version", { name, number }),
            }))}
          />
        </span>
      ) : null}
      <LinkButton href={to({ who: who === "mine" ? "all" : "mine" })} prefetch={false}>
        {who === "mine" ? t("show_all") : t("show_mine")}
      </LinkButton>
      <LinkButton href={to({ by: by === "stage" ? "spoke" : "stage" })} prefetch={false}>
        {by === "stage" ? t("by_spoke") : t("by_stage")}
      </LinkButton>
    </>
  );
}
