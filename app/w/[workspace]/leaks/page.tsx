import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LeaksScreen } from "@/components/leaks/leaks-screen";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { latestLeaks, listLeaks } from "@/lib/leaks/queries";
import { usualParameters } from "@/lib/leaks/rules";
import { ListLeaks } from "@/lib/leaks/schema";
import { movingRun } from "@/lib/runs/queries";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("leaks"))("title") };
}

async function readPage(ctx: Context, show: ListLeaks["show"]) {
  const [found, rows, moving] = await Promise.all([
    latestLeaks(ctx),
    listLeaks(ctx, ListLeaks.parse({ show })),
    movingRun(ctx, "leaks", usualParameters),
  ]);
  const mayRun = canAs(ctx.roles, "runs.start", "scope");
  return { found, rows, isMoving: moving !== null, mayRun, zone: ctx.timeZone };
}

/** Where customers fall out, how sure that is, and who mends it. */
export default async function LeaksPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const shown = ListLeaks.shape.show.safeParse((await searchParams).show);
  const show = shown.success ? shown.data : "standing";
  return <LeaksScreen workspace={workspace} show={show} {...(await load(workspace, readPage, show))} />;
}
