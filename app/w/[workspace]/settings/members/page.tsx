import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MembersScreen } from "@/components/members/members-screen";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { grantableRoles } from "@/lib/keys/rules";
import { listMembers } from "@/lib/members/queries";
import { load } from "@/lib/server/page";
import { listCalendars, listSpokes, listTeams } from "@/lib/workspaces/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("title") };
}

async function readPage(ctx: Context) {
  const [members, spokes, teams, calendars] = await Promise.all([
    listMembers(ctx),
    listSpokes(ctx),
    listTeams(ctx),
    listCalendars(ctx),
  ]);
  return { members, spokes, teams, calendars, roles: grantableRoles(ctx.roles) };
}

export default async function MembersPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { members, spokes, teams, calendars, roles } = await load(workspace, readPage);
  const isHebrew = (await getLocale()) === "he";
  const choices = {
    roles,
    teams,
    spokes: spokes.map(({ id, name, nameHe }) => ({ id, name: isHebrew && nameHe ? nameHe : name })),
    calendars: calendars.map(({ id, name }) => ({ id, name })),
  };
  return (
    <Messages namespaces={["members"]}>
      <MembersScreen workspace={workspace} members={members} choices={choices} />
    </Messages>
  );
}
