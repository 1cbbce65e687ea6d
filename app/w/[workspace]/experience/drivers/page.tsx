import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { typeNames } from "@/components/consistency/type-names";
import { DriversScreen } from "@/components/drivers/drivers-screen";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { getDrivers } from "@/lib/drivers/queries";
import { GetDrivers } from "@/lib/drivers/schema";
import { listRuns, movingRun } from "@/lib/runs/queries";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("drivers"))("title") };
}

/** What the address asks for; what nobody can read is left out, field by field. */
function inputOf(asked: Asked): GetDrivers {
  const known = Object.entries(GetDrivers.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return GetDrivers.parse(Object.fromEntries(known));
}

const shownRuns = 10;

async function readPage(ctx: Context, input: GetDrivers) {
  const [report, { data: runs }, moving] = await Promise.all([
    getDrivers(ctx, input),
    listRuns(ctx, { kind: "drivers", limit: shownRuns }),
    movingRun(ctx, "drivers", { type: null }),
  ]);
  const mayRun = canAs(ctx.roles, "runs.start", "scope");
  return { report, runs, isMoving: moving !== null, mayRun, zone: ctx.timeZone };
}

export default async function DriversPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const page = await load(workspace, readPage, inputOf(await searchParams));
  return <DriversScreen workspace={workspace} {...page} nameOfType={await typeNames()} />;
}
