import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateList } from "@/components/templates/template-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { listTemplates } from "@/lib/templates/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates"))("title") };
}

const readPage = async (ctx: Context) => ({
  templates: await listTemplates(ctx),
  canEdit: can(ctx.roles, "templates.edit"),
});

export default async function TemplatesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { templates, canEdit } = await load(workspace, readPage);
  const t = await getTranslations("templates");
  const standard = templates.find(({ isDefault }) => isDefault);
  return (
    <Messages namespaces={["templates"]}>
      <PageHead
        title={t("title")}
        statement={standard ? t("statement", { name: standard.name, number: standard.number }) : undefined}
      />
      {templates.length === 0 ? (
        <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
      ) : (
        <TemplateList workspace={workspace} templates={templates} canEdit={canEdit} />
      )}
    </Messages>
  );
}
