import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DuplicatesScreen } from "@/components/customers/duplicates-screen";
import { pairsKey } from "@/components/customers/list-keys";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { listPairs } from "@/lib/customers/pairs";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("duplicates.title") };
}

export default async function DuplicatesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const pairs = await load(workspace, listPairs);
  return (
    <Messages namespaces={["customers"]}>
      <Seed entries={[[pairsKey(workspace), pairs]]}>
        <DuplicatesScreen workspace={workspace} />
      </Seed>
    </Messages>
  );
}
