import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DigestScreen } from "@/components/digest/digest-screen";
import { Messages } from "@/components/ui/messages";
import { getDigestScreen } from "@/lib/digest/queries";
import { DigestsInput } from "@/lib/digest/schema";
import type { Translate } from "@/lib/digest/words";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("digest"))("title") };
}

export default async function DigestPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { spoke, cursor } = await searchParams;
  const asked = DigestsInput.safeParse({
    ...(typeof spoke === "string" && spoke ? { spoke } : {}),
    ...(typeof cursor === "string" ? { cursor } : {}),
    limit: 8,
  });
  const screen = await load(workspace, getDigestScreen, asked.success ? asked.data : DigestsInput.parse({ limit: 8 }));
  const translate = (await getTranslations()) as unknown as Translate;
  return (
    <Messages namespaces={["digest"]}>
      <DigestScreen workspace={workspace} screen={screen} translate={translate} />
    </Messages>
  );
}
