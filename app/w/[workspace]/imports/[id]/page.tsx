import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ImportScreen } from "@/components/imports/import-screen";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { getImport } from "@/lib/imports/queries";
import { ImportId } from "@/lib/imports/schema";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

export default async function ImportPage({ params }: Props) {
  const { workspace, id } = await params;
  const key = ImportId.safeParse({ id });
  if (!key.success) notFound();
  const view = await load(workspace, getImport, key.data);
  return (
    <Messages namespaces={["imports"]}>
      <Seed entries={[[keys.imports.one(workspace, id), view]]}>
        <ImportScreen key={id} workspace={workspace} id={id} />
      </Seed>
    </Messages>
  );
}
