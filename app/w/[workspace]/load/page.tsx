import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoadScreen } from "@/components/load/load-screen";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { getLoadPage } from "@/lib/members/load-queries";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("load"))("title") };
}

export default async function MyLoadPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const page = await load(workspace, getLoadPage);
  return (
    <Seed entries={[[keys.load.list(workspace), page]]}>
      <Messages namespaces={["load"]}>
        <LoadScreen workspace={workspace} />
      </Messages>
    </Seed>
  );
}
