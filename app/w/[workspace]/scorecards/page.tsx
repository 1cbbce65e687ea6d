import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ScorecardList } from "@/components/scorecards/scorecard-list";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { listScorecards } from "@/lib/evaluations/queries";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("scorecards"))("title") };
}

const readPage = async (ctx: Context) => ({ rows: await listScorecards(ctx), zone: ctx.timeZone });

export default async function ScorecardsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { rows, zone } = await load(workspace, readPage);
  const t = await getTranslations("scorecards");
  return (
    <Messages namespaces={["interactions", "scorecards"]}>
      <PageHead title={t("title")} statement={t("statement", { count: rows.length })} />
      <ScorecardList workspace={workspace} rows={rows} zone={zone} />
    </Messages>
  );
}
