import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WorkspaceForm } from "@/components/settings/workspace-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { listPeople } from "@/lib/members/options";
import { load } from "@/lib/server/page";
import { getSettings, listCalendars } from "@/lib/workspaces/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("workspace.title") };
}

async function readPage(ctx: Context) {
  const [settings, { people }, calendars] = await Promise.all([getSettings(ctx), listPeople(ctx), listCalendars(ctx)]);
  return { settings, people, calendars };
}

export default async function WorkspaceSettingsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { settings, people, calendars } = await load(workspace, readPage);
  const t = await getTranslations("settings");
  return (
    <Messages namespaces={["settings"]}>
      <PageHead title={t("workspace.title")} statement={t("places.workspace.note")} />
      <div className="px-4 pb-10 md:px-7">
        <WorkspaceForm workspace={workspace} settings={settings} people={people} calendars={calendars} />
      </div>
    </Messages>
  );
}
