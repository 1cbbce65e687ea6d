import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateActions } from "@/components/templates/template-actions";
import { TemplateEditor } from "@/components/templates/template-editor";
import { TemplateReader } from "@/components/templates/template-reader";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { getTemplate } from "@/lib/templates/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates"))("title_one") };
}

const readPage = async (ctx: Context, id: string) => ({
  template: await getTemplate(ctx, id),
  canEdit: can(ctx.roles, "templates.edit"),
});

export default async function TemplatePage({ params }: { params: Promise<{ workspace: string; id: string }> }) {
  const { workspace, id } = await params;
  const { template, canEdit } = await load(workspace, readPage, id);
  const t = await getTranslations("templates");
  return (
    <Messages namespaces={["shell", "templates"]}>
      {canEdit && template.status === "draft" ? (
        <TemplateEditor workspace={workspace} template={template} />
      ) : (
        <>
          <PageHead
            above={`${t(`states.${template.status}`)} · ${t("version", { number: template.number })}`}
            title={<bdi>{template.name}</bdi>}
            statement={t("runs_on", { count: template.running })}
          >
            {canEdit && template.status === "published" ? (
              <TemplateActions workspace={workspace} template={template} draftId={template.draftId} />
            ) : null}
          </PageHead>
          <TemplateReader template={template} />
        </>
      )}
    </Messages>
  );
}
