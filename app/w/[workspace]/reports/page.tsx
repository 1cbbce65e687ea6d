import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NewReport } from "@/components/saved-reports/new-report";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import { listReports } from "@/lib/saved-reports/queries";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reports"))("title") };
}

/** The saved reports, mine and those that others share, and the making of one. */
export default async function ReportsPage({ params }: Props) {
  const { workspace } = await params;
  const reports = await load(workspace, listReports);
  const t = await getTranslations("reports");
  const groups = [
    { key: "mine", of: reports.filter(({ isMine }) => isMine) },
    { key: "shared", of: reports.filter(({ isMine }) => !isMine) },
  ] as const;
  return (
    <Messages namespaces={["reports"]}>
      <PageHead title={t("title")} statement={t("statement")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pt-3 pb-12 md:px-7">
        <SectionHead title={t("new")} />
        <NewReport workspace={workspace} />
        {reports.length === 0 ? <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState> : null}
        {groups
          .filter(({ of }) => of.length > 0)
          .map(({ key, of }) => (
            <section key={key}>
              <SectionHead title={t(key)} />
              <ul>
                {of.map(({ id, name, definition, ownerName, isMine }) => (
                  <li key={id} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-b py-2">
                    <Link
                      href={paths.report(workspace, id)}
                      className="font-550 text-14 underline-offset-2 hover:underline"
                    >
                      <bdi>{name}</bdi>
                    </Link>
                    <span className="text-12 text-ink-3">
                      {t(`subject_name.${definition.subject}`)}
                      {definition.groupBy.map((each) => ` · ${t(`dimension.${each}`)}`)}
                    </span>
                    {isMine ? null : (
                      <span className="text-12 text-ink-3">
                        <bdi>{ownerName}</bdi>
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </Messages>
  );
}
