import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyForm } from "@/components/keys/key-form";
import { KeyTable } from "@/components/keys/key-table";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import type { Context } from "@/lib/context";
import { listKeys } from "@/lib/keys/queries";
import { grantableRoles } from "@/lib/keys/rules";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("keys"))("title") };
}

const readPage = async (ctx: Context) => ({ keys: await listKeys(ctx), roles: grantableRoles(ctx.roles) });

export default async function KeysPage({ params }: Props) {
  const { workspace } = await params;
  const { keys, roles } = await load(workspace, readPage);
  const t = await getTranslations("keys");
  const inUse = keys.filter(({ revokedAt }) => revokedAt === null).length;
  return (
    <Messages namespaces={["keys"]}>
      <PageHead title={t("title")} statement={t("statement")}>
        <LinkButton href={paths.apiDocs()}>{t("docs")}</LinkButton>
      </PageHead>
      <div className="px-4 pb-10 md:px-7">
        <SectionHead title={t("new")} />
        <KeyForm workspace={workspace} roles={roles} />
        <SectionHead id="keys-list" title={t("list")} note={t("count", { count: inUse })} />
        {keys.length > 0 ? <KeyTable workspace={workspace} keys={keys} /> : null}
      </div>
      {keys.length === 0 ? <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState> : null}
    </Messages>
  );
}
