"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ImportView } from "@/lib/imports/schema";
import { paths } from "@/lib/paths";
import { errorOf } from "@/lib/request";
import { useStatusWords } from "./import-words";
import { useImports } from "./use-imports";

/** Every import of the workspace, newest first. */
export function ImportList({ workspace }: { workspace: string }) {
  const t = useTranslations("imports");
  const list = useImports(workspace);
  const imports = list.data?.pages.flatMap((page) => page.data) ?? [];
  const start = (
    <LinkButton kind="primary" href={paths.newImport(workspace)}>
      {t("new")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("title")} statement={t("statement", { count: imports.length })}>
        {imports.length > 0 ? start : null}
      </PageHead>
      <ListFrame
        isLoading={list.isPending}
        error={list.isError ? errorOf(list.error) : null}
        onRetry={() => void list.refetch()}
        isEmpty={imports.length === 0}
        empty={
          <EmptyState title={t("empty.title")} action={start}>
            {t("empty.text")}
          </EmptyState>
        }
      >
        <div className="px-4 pb-10 md:px-7">
          <ScrollRegion label={t("title")}>
            <ImportTable workspace={workspace} imports={imports} />
          </ScrollRegion>
          {list.hasNextPage ? (
            <Button className="mt-4" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("more")}
            </Button>
          ) : null}
        </div>
      </ListFrame>
    </>
  );
}

function ImportTable({ workspace, imports }: { workspace: string; imports: readonly ImportView[] }) {
  const t = useTranslations("imports");
  const format = useFormatter();
  const words = useStatusWords();
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-2.5 pe-4 text-13";
  const number = `${cell} text-end tabular-nums`;
  return (
    <table className="w-full min-w-xl border-collapse">
      <thead>
        <tr>
          <th className={head}>{t("columns.name")}</th>
          <th className={head}>{t("columns.status")}</th>
          <th className={`${head} text-end`}>{t("columns.rows")}</th>
          <th className={`${head} text-end`}>{t("columns.created")}</th>
          <th className={`${head} text-end`}>{t("columns.matched")}</th>
          <th className={`${head} text-end`}>{t("columns.rejected")}</th>
          <th className={head}>{t("columns.when")}</th>
        </tr>
      </thead>
      <tbody>
        {imports.map((each) => (
          <tr key={each.id} className="border-hairline border-t hover:bg-hover">
            <th scope="row" className={`${cell} text-start font-550`}>
              <Link href={paths.import(workspace, each.id)} prefetch={false} className="hover:underline">
                <bdi>{each.name}</bdi>
              </Link>
            </th>
            <td className={`${cell} text-ink-2`}>{words(each)}</td>
            <td className={number}>{format.number(each.counts.rows)}</td>
            <td className={number}>{format.number(each.counts.created)}</td>
            <td className={number}>{format.number(each.counts.matched)}</td>
            <td className={number}>{format.number(each.counts.rejected)}</td>
            <td className={`${cell} whitespace-nowrap text-ink-2`}>
              <DateTime at={each.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
