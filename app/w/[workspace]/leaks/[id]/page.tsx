import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PutBack } from "@/components/bulk/put-back";
import { mediumNames } from "@/components/consistency/type-names";
import { LeakScreen } from "@/components/leaks/leak-screen";
import { Messages } from "@/components/ui/messages";
import type { Context } from "@/lib/context";
import { getLeak } from "@/lib/leaks/queries";
import type { LeakView } from "@/lib/leaks/schema";
import { listPeople } from "@/lib/members/options";
import { load } from "@/lib/server/page";
import { leakPlaces } from "../places";

type Props = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leaks"))("title") };
}

async function readPage(ctx: Context, id: string) {
  const [leak, { people }] = await Promise.all([getLeak(ctx, { id }), listPeople(ctx)]);
  return {
    leak,
    people: people.map((each) => ({ id: each.id, name: each.name })),
    zone: ctx.timeZone,
    now: ctx.now.toISOString(),
  };
}

/** One leak with everything behind it. */
export default async function LeakPage({ params }: Props) {
  const { workspace, id } = await params;
  const { now, ...page } = await load(workspace, readPage, id);
  const { endedAt, mayLead } = page.leak;
  const [locale, nameOfMedium, hub, placeOf] = await Promise.all([
    getLocale(),
    mediumNames(),
    getTranslations("hub"),
    leakPlaces([page.leak], page.leak.spokes),
  ]);
  const spoke = (key: string) => {
    const found = page.leak.spokes.find((each) => each.key === key);
    return (locale === "he" ? found?.nameHe : found?.name) ?? key;
  };
  const nameOf = (kind: LeakView["associated"][number]["kind"], key: string) => {
    if (kind === "spoke") return spoke(key);
    if (kind === "handoff") return key.split(">").map(spoke).join(" → ");
    if (kind === "channel") return nameOfMedium(key);
    const reason = `lost_reasons.${key.replaceAll(/[^a-z]+/g, "_")}` as "lost_reasons.price";
    return hub.has(reason) ? hub(reason) : key;
  };
  return (
    <Messages namespaces={["leaks", "bulk"]}>
      <LeakScreen
        workspace={workspace}
        nameOf={nameOf}
        placeOf={placeOf}
        {...page}
        together={
          mayLead ? <PutBack workspace={workspace} leakId={id} serverNow={now} isStanding={endedAt === null} /> : null
        }
      />
    </Messages>
  );
}
