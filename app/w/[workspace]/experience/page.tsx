import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { BoardScreen } from "@/components/consistency/board-screen";
import { FactsSection } from "@/components/consistency/facts-section";
import { SilenceSection } from "@/components/consistency/silence-section";
import { VoiceSection } from "@/components/consistency/voice-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { getFacts } from "@/lib/consistency/facts";
import { getNextSteps } from "@/lib/consistency/next-steps";
import { getConsistencyBoard } from "@/lib/consistency/queries";
import { BoardInput } from "@/lib/consistency/schema";
import { getSilence } from "@/lib/consistency/silence";
import { getVoiceReport } from "@/lib/consistency/voice";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experience"))("title") };
}

/** What the address asks for; what nobody can read is left out, field by field. */
function inputOf(asked: Record<string, string | string[] | undefined>): BoardInput {
  const known = Object.entries(BoardInput.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return BoardInput.parse(Object.fromEntries(known));
}

export default async function ExperiencePage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const input = inputOf(await searchParams);
  const { board, steps } = await load(workspace, readBoard, input);
  const common = await getTranslations("common");
  return (
    <BoardScreen
      workspace={workspace}
      input={input}
      board={board}
      steps={steps}
      voice={
        <Suspense fallback={<SkeletonRows rows={6} label={common("loading")} />}>
          <Voice workspace={workspace} input={input} />
        </Suspense>
      }
    />
  );
}

async function readBoard(ctx: Context, input: BoardInput) {
  const [board, steps] = await Promise.all([getConsistencyBoard(ctx, input), getNextSteps(ctx, input)]);
  return { board, steps };
}

async function readVoice(ctx: Context, input: BoardInput) {
  const [voice, silence, { facts }] = await Promise.all([
    getVoiceReport(ctx, input),
    getSilence(ctx, input),
    getFacts(ctx, input),
  ]);
  return { voice, silence, facts };
}

async function Voice({ workspace, input }: { workspace: string; input: BoardInput }) {
  const { voice, silence, facts } = await load(workspace, readVoice, input);
  return (
    <>
      <VoiceSection workspace={workspace} voice={voice} />
      <SilenceSection silence={silence} />
      <FactsSection facts={facts} />
    </>
  );
}
