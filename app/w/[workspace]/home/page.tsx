import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { getQueue } from "@/lib/home/queries";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";
import { HomeScreen } from "./screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

const readHome = async (ctx: Context) => ({
  queue: await getQueue(ctx),
  now: ctx.now.toISOString(),
  roles: ctx.roles,
  timeZone: ctx.timeZone,
});

export default async function HomePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { queue, now, roles, timeZone } = await load(workspace, readHome);
  return (
    <Seed entries={[[keys.home.list(workspace), queue]]}>
      <Messages namespaces={["shell", "home", "plays", "interactions", "relays"]}>
        <HomeScreen workspace={workspace} now={now} roles={[...roles]} timeZone={timeZone} />
      </Messages>
    </Seed>
  );
}
