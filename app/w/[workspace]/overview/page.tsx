import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoadSection } from "@/components/load/load-section";
import { OverviewScreen } from "@/components/overview/overview-screen";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { getLoadPage } from "@/lib/members/load-queries";
import { keys } from "@/lib/query-keys";
import { getOverviewPage } from "@/lib/reports/overview";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

const readPage = async (ctx: Context) => ({ page: await getOverviewPage(ctx), loads: await getLoadPage(ctx) });

export default async function OverviewPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { page, loads } = await load(workspace, readPage);
  return (
    <Seed
      entries={[
        [keys.overview.list(workspace), page],
        [keys.load.list(workspace), loads],
      ]}
    >
      <Messages namespaces={["overview", "load"]}>
        <OverviewScreen workspace={workspace} load={<LoadSection workspace={workspace} />} />
      </Messages>
    </Seed>
  );
}
