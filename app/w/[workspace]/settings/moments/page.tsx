import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MomentList } from "@/components/moments/moment-list";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { listPeople } from "@/lib/members/options";
import { listMoments } from "@/lib/moments/queries";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("moments"))("title") };
}

async function readPage(ctx: Context) {
  const canEdit = can(ctx.roles, "standards.edit");
  const [moments, { people }] = await Promise.all([listMoments(ctx), canEdit ? listPeople(ctx) : { people: [] }]);
  return { moments, canEdit, people: people.map(({ id, name }) => ({ id, name })) };
}

export default async function MomentsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { moments, canEdit, people } = await load(workspace, readPage);
  const t = await getTranslations("moments");
  const orphans = moments.filter(({ isOrphaned }) => isOrphaned).length;
  return (
    <Messages namespaces={["interactions", "members", "moments"]}>
      <PageHead title={t("title")} statement={t("statement", { count: moments.length, orphans })}>
        <LinkButton href={paths.standards(workspace)} prefetch={false}>
          {t("to_standards")}
        </LinkButton>
      </PageHead>
      <MomentList workspace={workspace} moments={moments} people={people} canEdit={canEdit} />
    </Messages>
  );
}
