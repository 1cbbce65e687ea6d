import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mediumNames, typeNames } from "@/components/consistency/type-names";
import { SeenList } from "@/components/drivers/seen-list";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { listSeen } from "@/lib/drivers/rows";
import { SeenInput } from "@/lib/drivers/schema";
import { AppError } from "@/lib/errors";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("drivers"))("rows_title") };
}

function readableOf(asked: Asked): Record<string, string> {
  const known = Object.entries(SeenInput.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

/** What an address without a run shows is nothing. */
async function readRows(ctx: Context, asked: Record<string, string>) {
  const input = SeenInput.safeParse(asked);
  if (!input.success) throw new AppError("not_found", "run");
  return { ...(await listSeen(ctx, input.data)), zone: ctx.timeZone };
}

/** The contacts behind a number of a run, newest first, each with what was seen, what was said and a way to its customer. */
export default async function SeenRowsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = readableOf(await searchParams);
  const page = await load(workspace, readRows, asked);
  const t = await getTranslations("drivers");
  const names = { type: await typeNames(), medium: await mediumNames() };
  const back = new URLSearchParams({ run: asked.run ?? "", ...(asked.type ? { type: asked.type } : {}) }).toString();
  return (
    <>
      <PageHead
        title={t(asked.ended ? "ended_title" : "rows_title")}
        above={
          <Link href={paths.drivers(workspace, back)} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        statement={asked.type ? names.type(asked.type) : undefined}
      />
      <SeenList workspace={workspace} asked={asked} names={names} {...page} />
    </>
  );
}
