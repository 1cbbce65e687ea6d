import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SurvivalScreen } from "@/components/survival/survival-screen";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { latestRun, movingRun } from "@/lib/runs/queries";
import { kindOf } from "@/lib/runs/registry";
import { load } from "@/lib/server/page";
import { listStays } from "@/lib/survival/queries";
import { StaysInput, type SurvivalResult } from "@/lib/survival/schema";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("survival"))("title") };
}

async function readPage(ctx: Context, view: "stages" | "origins", input: StaysInput | null) {
  const kind = view === "origins" ? "origins" : "survival";
  const parameters = kindOf(kind).parse({});
  const [run, moving, stays] = await Promise.all([
    latestRun(ctx, kind, parameters),
    movingRun(ctx, kind, parameters),
    input ? listStays(ctx, input) : null,
  ]);
  const stages = view === "stages" ? ((run?.result as SurvivalResult | null)?.stages ?? []) : [];
  const named = stages.find(({ template, stage }) => template === input?.template && stage === input.stage);
  const behind = input && stays ? { input, stageName: named?.name ?? input.stage, ...stays } : null;
  return {
    run,
    behind,
    isMoving: moving !== null,
    mayRun: canAs(ctx.roles, "runs.start", "scope"),
    zone: ctx.timeZone,
  };
}

/** Time in every stage, going on against dropping out, and time to win by origin. */
export default async function SurvivalPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { view: asked, ...rest } = await searchParams;
  const view = asked === "origins" ? "origins" : "stages";
  const input = StaysInput.safeParse(rest);
  const page = await load(workspace, readPage, view, view === "stages" && input.success ? input.data : null);
  return <SurvivalScreen workspace={workspace} view={view} {...page} />;
}
