import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LapsesSection } from "@/components/lapses/lapses-section";
import { LeaksScreen } from "@/components/leaks/leaks-screen";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { latestLapses, listLapsed } from "@/lib/lapses/queries";
import { LapsedInput } from "@/lib/lapses/schema";
import { latestLeaks, listLeaks } from "@/lib/leaks/queries";
import { usualParameters } from "@/lib/leaks/rules";
import { ListLeaks } from "@/lib/leaks/schema";
import { movingRun } from "@/lib/runs/queries";
import { load } from "@/lib/server/page";
import { leakPlaces } from "./places";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leaks"))("title") };
}

async function readPage(ctx: Context, show: ListLeaks["show"], input: LapsedInput | null) {
  const [found, rows, moving, lapses, lapsed] = await Promise.all([
    latestLeaks(ctx),
    listLeaks(ctx, ListLeaks.parse({ show })),
    movingRun(ctx, "leaks", usualParameters),
    latestLapses(ctx),
    input ? listLapsed(ctx, input) : null,
  ]);
  const mayRun = canAs(ctx.roles, "runs.start", "scope");
  const behind = input && lapsed ? { input, ...lapsed } : null;
  return { leaks: { found, rows, isMoving: moving !== null, mayRun, zone: ctx.timeZone }, lapses, behind };
}

/** Where customers fall out, how sure that is, and who mends it. */
export default async function LeaksPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { show: asked, ...rest } = await searchParams;
  const shown = ListLeaks.shape.show.safeParse(asked);
  const show = shown.success ? shown.data : "standing";
  const input = LapsedInput.safeParse(rest);
  const { leaks, lapses, behind } = await load(workspace, readPage, show, input.success ? input.data : null);
  const section = <LapsesSection workspace={workspace} found={lapses} behind={behind} zone={leaks.zone} />;
  const placeOf = await leakPlaces(leaks.rows, lapses?.spokes ?? []);
  return <LeaksScreen workspace={workspace} show={show} {...leaks} lapses={section} placeOf={placeOf} />;
}
