import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DigestLink } from "@/components/digest/home-link";
import { HomeWaiting } from "@/components/handoffs/home-waiting";
import { MyCases } from "@/components/recovery-cases/my-cases";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { countOpenItems } from "@/lib/digest/queries";
import { listWaitingHandoffs } from "@/lib/handoffs/queries";
import { getQueue } from "@/lib/home/queries";
import { keys } from "@/lib/query-keys";
import { listMyCases } from "@/lib/recovery-cases/queries";
import { load } from "@/lib/server/page";
import { listSpokes } from "@/lib/workspaces/queries";
import { HomeScreen } from "./screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

const readHome = async (ctx: Context) => {
  const [queue, digest, cases, handoffs] = await Promise.all([
    getQueue(ctx),
    countOpenItems(ctx),
    listMyCases(ctx),
    listWaitingHandoffs(ctx),
  ]);
  return {
    handoffs,
    spokes: handoffs.length > 0 ? await listSpokes(ctx) : [],
    queue,
    digest,
    cases,
    now: ctx.now.toISOString(),
    roles: ctx.roles,
    timeZone: ctx.timeZone,
  };
};

export default async function HomePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { queue, digest, cases, handoffs, spokes, now, roles, timeZone } = await load(workspace, readHome);
  return (
    <Seed entries={[[keys.home.list(workspace), queue]]}>
      <Messages namespaces={["shell", "home", "plays", "interactions", "relays"]}>
        <HomeScreen
          workspace={workspace}
          now={now}
          roles={[...roles]}
          timeZone={timeZone}
          digest={<DigestLink workspace={workspace} open={digest} />}
          toPutRight={
            <>
              <MyCases workspace={workspace} rows={cases} now={now} isNamed />
              <HomeWaiting workspace={workspace} rows={handoffs} spokes={spokes} />
            </>
          }
        />
      </Messages>
    </Seed>
  );
}
