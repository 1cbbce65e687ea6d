import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SpokeForm, TeamForm } from "@/components/settings/name-forms";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { listSpokes, listTeams } from "@/lib/workspaces/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("departments.title") };
}

async function readPage(ctx: Context) {
  requirePermission(ctx, "settings.edit");
  const [spokes, teams] = await Promise.all([listSpokes(ctx), listTeams(ctx)]);
  return { spokes, teams };
}

export default async function DepartmentsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { spokes, teams } = await load(workspace, readPage);
  const t = await getTranslations("settings");
  return (
    <Messages namespaces={["settings"]}>
      <PageHead title={t("departments.title")} statement={t("departments.statement")} />
      <div className="max-w-3xl px-4 pb-10 md:px-7">
        <SectionHead title={t("departments.spokes")} />
        {spokes.map((spoke) => (
          <SpokeForm key={spoke.id} workspace={workspace} spoke={spoke} />
        ))}
        <SectionHead title={t("departments.teams")} note={t("departments.teams_note")} />
        {teams.map((team) => (
          <TeamForm key={team.id} workspace={workspace} team={team} />
        ))}
        <TeamForm workspace={workspace} />
      </div>
    </Messages>
  );
}
