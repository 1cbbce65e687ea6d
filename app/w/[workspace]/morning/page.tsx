import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangeRows, Changes } from "@/components/morning/changes";
import { Decisions } from "@/components/morning/decisions";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { getMorningPage } from "@/lib/morning/queries";
import { MorningRows } from "@/lib/morning/schema";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("morning"))("title") };
}

/** What changed since yesterday and what needs a decision, for who leads. */
export default async function MorningPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = MorningRows.safeParse(await searchParams);
  const page = await load(workspace, getMorningPage, asked.success ? asked.data : null);
  const t = await getTranslations("morning");
  const { morning, behind, zone } = page;
  const waiting = Object.values(morning.totals).reduce((sum, total) => sum + total, 0);
  return (
    <>
      <PageHead title={morning.isTeam ? t("title_team") : t("title")}>
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        <p className="pt-4 text-balance font-serif text-28 md:text-40">{t("verdict", { count: waiting })}</p>
        {behind ? <ChangeRows workspace={workspace} behind={behind} zone={zone} /> : null}
        <Decisions workspace={workspace} morning={morning} zone={zone} />
        <Changes workspace={workspace} morning={morning} zone={zone} />
      </div>
    </>
  );
}
