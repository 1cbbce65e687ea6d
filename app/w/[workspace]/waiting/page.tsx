import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CustomerWaitingScreen } from "@/components/waiting/customer-waiting";
import { WaitingScreen } from "@/components/waiting/waiting-screen";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { getWaitingOf, getWaitingPage } from "@/lib/waiting/queries";
import { WaitingRows } from "@/lib/waiting/schema";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("waiting"))("title") };
}

const readOne = async (ctx: Context, id: string) => ({
  waiting: await getWaitingOf(ctx, { id }),
  zone: ctx.timeZone,
});

/** Where the time went: of everybody who came in, or of one customer. */
export default async function WaitingPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { customer, ...asked } = await searchParams;
  if (typeof customer === "string")
    return <CustomerWaitingScreen workspace={workspace} {...(await load(workspace, readOne, customer))} />;
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const parsed = WaitingRows.safeParse(given);
  const input = parsed.success ? parsed.data : WaitingRows.parse({});
  return <WaitingScreen workspace={workspace} input={input} {...(await load(workspace, getWaitingPage, input))} />;
}
