import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportList } from "@/components/imports/import-list";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { listImports } from "@/lib/imports/queries";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

export default async function ImportsPage({ params }: Props) {
  const { workspace } = await params;
  const first = await load(workspace, listImports, {});
  return (
    <Messages namespaces={["imports"]}>
      <Seed entries={[[keys.imports.list(workspace), { pages: [first], pageParams: [""] }]]}>
        <ImportList workspace={workspace} />
      </Seed>
    </Messages>
  );
}
