import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditFilter } from "@/components/audit/audit-filter";
import { AuditTable } from "@/components/audit/audit-table";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { searchAudit } from "@/lib/audit/queries";
import { AuditSearch } from "@/lib/audit/schema";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const search = AuditSearch.catch(AuditSearch.parse({})).parse(await searchParams);
  const { entries, nextBefore } = await load(workspace, searchAudit, search);
  const t = await getTranslations("audit");
  const older = new URLSearchParams();
  for (const part of ["action", "subject", "actor"] as const) if (search[part]) older.set(part, search[part]);
  const newest = older.toString();
  if (nextBefore !== null) older.set("before", String(nextBefore));
  return (
    <Messages namespaces={["audit"]}>
      <PageHead title={t("title")} statement={t("statement")} />
      <div className="grid gap-2 px-4 pt-4 pb-10 md:px-7">
        <AuditFilter workspace={workspace} search={search} />
        <SectionHead id="audit-rows" title={t("rows")} />
        {entries.length > 0 ? <AuditTable entries={entries} /> : null}
        {entries.length === 0 ? <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState> : null}
        <nav className="flex gap-2 pt-2">
          {search.before ? <LinkButton href={paths.audit(workspace, newest)}>{t("newest")}</LinkButton> : null}
          {nextBefore === null ? null : (
            <LinkButton href={paths.audit(workspace, older.toString())}>{t("older")}</LinkButton>
          )}
        </nav>
        <p className="pt-4 text-12 text-ink-3">{t("verify")}</p>
      </div>
    </Messages>
  );
}
