import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewStandard } from "@/components/standards/new-standard";
import { StandardList } from "@/components/standards/standard-list";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { listStandards } from "@/lib/standards/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("standards"))("title") };
}

const readPage = async (ctx: Context) => ({
  standards: await listStandards(ctx),
  canEdit: can(ctx.roles, "standards.edit"),
  zone: ctx.timeZone,
});

export default async function StandardsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { standards, canEdit, zone } = await load(workspace, readPage);
  const t = await getTranslations("standards");
  const inForce = standards.filter(({ inForceId }) => inForceId !== null).length;
  return (
    <Messages namespaces={["interactions", "standards"]}>
      <PageHead title={t("title")} statement={t("statement", { count: inForce })}>
        <LinkButton href={paths.moments(workspace)} prefetch={false}>
          {t("to_moments")}
        </LinkButton>
      </PageHead>
      {canEdit ? <NewStandard workspace={workspace} /> : null}
      <StandardList workspace={workspace} standards={standards} canEdit={canEdit} zone={zone} />
    </Messages>
  );
}
