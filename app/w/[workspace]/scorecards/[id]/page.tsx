import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EvaluationHistory } from "@/components/scorecards/evaluation-history";
import { ScorecardForm } from "@/components/scorecards/scorecard-form";
import { SeenForm } from "@/components/scorecards/seen-form";
import { DateTime } from "@/components/ui/date-time";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import type { Context } from "@/lib/context";
import { getScorecard, listEvaluations } from "@/lib/evaluations/queries";
import { listMoments } from "@/lib/moments/queries";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("scorecards"))("title_one") };
}

async function readPage(ctx: Context, id: string) {
  const card = await getScorecard(ctx, id);
  const [evaluations, moments] = await Promise.all([listEvaluations(ctx, id), listMoments(ctx)]);
  const ofType = moments.filter(({ interactionType }) => interactionType === card.interaction.type);
  return { card, evaluations, moments: card.refusal === null ? ofType : [], zone: ctx.timeZone };
}

export default async function ScorecardPage({ params }: { params: Promise<{ workspace: string; id: string }> }) {
  const { workspace, id } = await params;
  const { card, evaluations, moments, zone } = await load(workspace, readPage, id);
  const t = await getTranslations("scorecards");
  const common = await getTranslations("common");
  const interactions = await getTranslations("interactions");
  const { medium, type, agentName, startedAt, summary } = card.interaction;
  const kind = `${common(`media.${medium}`)} · ${interactions(`types.${type.replaceAll(/[ /]/g, "_")}`)}`;
  return (
    <Messages namespaces={["interactions", "scorecards"]}>
      <PageHead
        above={
          <>
            {kind} · <DateTime at={startedAt} zone={zone} />
          </>
        }
        title={agentName ? <bdi>{agentName}</bdi> : t("nobody")}
        statement={summary ? <span dir="auto">{summary}</span> : t("no_words")}
      />
      <ScorecardForm key={card.current?.number ?? 0} workspace={workspace} card={card} />
      {moments.length > 0 ? <SeenForm workspace={workspace} interactionId={id} moments={moments} /> : null}
      <EvaluationHistory evaluations={evaluations} observations={card.observations} zone={zone} />
    </Messages>
  );
}
