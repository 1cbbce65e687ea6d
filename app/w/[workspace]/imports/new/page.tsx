import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportWizard } from "@/components/imports/import-wizard";
import { Messages } from "@/components/ui/messages";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("wizard.title") };
}

const requireImporter = async (ctx: Context) => requirePermission(ctx, "imports.run");

export default async function NewImportPage({ params }: Props) {
  const { workspace } = await params;
  await load(workspace, requireImporter);
  return (
    <Messages namespaces={["imports"]}>
      <ImportWizard workspace={workspace} />
    </Messages>
  );
}
