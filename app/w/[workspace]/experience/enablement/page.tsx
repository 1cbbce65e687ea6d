import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { typeNames } from "@/components/consistency/type-names";
import { EnablementScreen } from "@/components/enablement/enablement-screen";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { getEnablementScreen } from "@/lib/enablement/queries";
import { isMeasuring } from "@/lib/enablement/runs";
import { listPeople } from "@/lib/members/options";
import { listMoments } from "@/lib/moments/queries";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enablement"))("title") };
}

async function readPage(ctx: Context, type: string | undefined) {
  const screen = await getEnablementScreen(ctx, { type });
  if (!screen.board) return { ...screen, moments: [], people: [], isMeasuring: false, now: ctx.now.toISOString() };
  const [moments, { people }, measuring] = await Promise.all([listMoments(ctx), listPeople(ctx), isMeasuring(ctx)]);
  return {
    ...screen,
    moments: moments.map(({ id, name, nameHe, interactionType }) => ({ id, name, nameHe, interactionType })),
    people: people.map(({ id, name, roles }) => ({ id, name, roles })),
    isMeasuring: measuring,
    now: ctx.now.toISOString(),
  };
}

export default async function EnablementPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { type } = await searchParams;
  const page = await load(workspace, readPage, typeof type === "string" && type ? type.slice(0, 100) : undefined);
  return (
    <Messages namespaces={["enablement", "members"]}>
      <EnablementScreen {...page} workspace={workspace} nameOfType={await typeNames()} />
    </Messages>
  );
}
