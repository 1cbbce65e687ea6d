import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { getInbox } from "@/lib/inbox/queries";
import { InboxInput } from "@/lib/inbox/schema";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";
import { filterOf } from "./filter";
import { InboxScreen } from "./screen";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inbox"))("title") };
}

const readInbox = async (ctx: Context, input: InboxInput) => ({
  inbox: await getInbox(ctx, input),
  now: ctx.now.toISOString(),
  zone: ctx.timeZone,
});

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<{ spoke?: string; mine?: string }> };

export default async function InboxPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const parsed = InboxInput.safeParse(await searchParams);
  const input: InboxInput = parsed.success ? parsed.data : { mine: "0" };
  const { inbox, now, zone } = await load(workspace, readInbox, input);
  return (
    <Seed entries={[[keys.inbox.list(workspace, filterOf(input.spoke, input.mine === "1")), inbox]]}>
      <Messages namespaces={["shell", "inbox", "tasks", "promises", "appointments"]}>
        <InboxScreen workspace={workspace} now={now} zone={zone} />
      </Messages>
    </Seed>
  );
}
