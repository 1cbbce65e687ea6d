import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SpeedScreen } from "@/components/speed/speed-screen";
import { load } from "@/lib/server/page";
import { getSpeedPage } from "@/lib/speed/queries";
import { SpeedRows } from "@/lib/speed/schema";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("speed"))("title") };
}

/** Speed to lead: by origin, hour and consultant, and beside appointments. */
export default async function SpeedPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = SpeedRows.safeParse(await searchParams);
  const page = await load(workspace, getSpeedPage, asked.success ? asked.data : null);
  return <SpeedScreen workspace={workspace} {...page} />;
}
