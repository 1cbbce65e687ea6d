import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AssignSection } from "@/components/scenario-lab/assign-form";
import { Advisor } from "@/components/scenarios/advisor";
import { PolicyEditor } from "@/components/scenarios/policy-editor";
import { PolicyReader } from "@/components/scenarios/policy-reader";
import { SimulationSection } from "@/components/scenarios/simulation-section";
import { UseSection } from "@/components/scenarios/use-section";
import { Worth } from "@/components/scenarios/worth";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isId } from "@/lib/identifiers";
import { paths } from "@/lib/paths";
import { standingOfDeal } from "@/lib/scenario-lab/assign";
import { getLab } from "@/lib/scenario-lab/runs";
import { seenGains } from "@/lib/scenario-lab/seen";
import { defaultWeights } from "@/lib/scenarios/advisor";
import { dealDays } from "@/lib/scenarios/deals";
import { getAdviceInputs, getPolicy } from "@/lib/scenarios/queries";
import { type InputName, usualHours } from "@/lib/scenarios/vocabulary";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("scenarios"))("title") };
}

async function readPage(ctx: Context, journeyId: string | undefined) {
  const [inputs, state] = await Promise.all([getAdviceInputs(ctx, { journeyId }), getPolicy(ctx)]);
  const standing = inputs.journey ? await standingOfDeal(ctx, inputs.journey.id) : null;
  const isReader = canAs(ctx.roles, "scores.read", "scope");
  const seen = seenGains(isReader ? (await getLab(ctx, { weeks: 0 })).report : null);
  return {
    inputs,
    state,
    standing,
    isReader,
    seen,
    currency: ctx.currency,
    mayEdit: canAs(ctx.roles, "handoffs.accept", "policy"),
  };
}

type Inputs = Awaited<ReturnType<typeof readPage>>["inputs"];

/** Where what is stored came from, in words. */
async function wordsOfData({ journey, closeRate }: Inputs): Promise<Partial<Record<InputName, string>>> {
  const t = await getTranslations("scenarios");
  const ofJourney = journey ? t("source.journey", { name: journey.customerName }) : t("source.data");
  const counted = { won: closeRate.k, all: closeRate.n, days: dealDays };
  const pClose = journey?.stageName
    ? t("source.stage_rate", { ...counted, stage: journey.stageName })
    : t("source.close_rate", counted);
  const csmSlack = t("source.hours");
  const ofDeal = { complexity: ofJourney, inaccessibility: ofJourney, relationship: ofJourney, valuePct: ofJourney };
  return { ...ofDeal, pClose, csmSlack };
}

/** When customer success joins a sale: the advisor with every term, and the policy that places deals. */
export default async function ScenariosPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { journey } = await searchParams;
  const journeyId = typeof journey === "string" && isId(journey) ? journey : undefined;
  const { inputs, state, standing, isReader, seen, currency, mayEdit } = await load(workspace, readPage, journeyId);
  const { inForce, draft, simulation, templates, use } = state;
  const t = await getTranslations("scenarios");
  const lab = await getTranslations("lab");
  const { placed } = inputs;
  const tried = draft ?? inForce;
  return (
    <Messages namespaces={["scenarios", "lab"]}>
      <PageHead
        title={t("title")}
        above={
          inputs.journey ? (
            <Link href={paths.customer(workspace, inputs.journey.customerId)} className="underline underline-offset-2">
              <bdi>{inputs.journey.customerName}</bdi>
            </Link>
          ) : null
        }
        statement={
          placed
            ? placed.rule === null
              ? t("placed_nowhere", { fields: placed.missing.map((field) => t(`field.${field}`)).join(" · ") })
              : t("placed_by", { rule: placed.rule, name: t(`name.${placed.scenario}`) })
            : t("statement")
        }
      >
        <LinkButton href={paths.csmHours(workspace)}>{t("hours")}</LinkButton>
        {isReader ? <LinkButton href={paths.scenarioLab(workspace)}>{lab("lab")}</LinkButton> : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-1 pb-12 md:px-7">
        <Advisor
          key={journeyId}
          weights={inForce?.weights ?? defaultWeights}
          companyStage={inForce?.companyStage ?? "unspecified"}
          hours={{ B: inForce?.hoursB ?? usualHours.B, C: inForce?.hoursC ?? usualHours.C }}
          known={inputs.known}
          knownHours={inputs.freeHours}
          dataWords={await wordsOfData(inputs)}
        />
        <Worth
          currency={currency}
          hours={{ B: inForce?.hoursB ?? usualHours.B, C: inForce?.hoursC ?? usualHours.C }}
          seen={seen}
        />
        {journeyId && standing ? (
          <AssignSection {...{ workspace, journeyId, standing }} placed={placed?.scenario ?? null} />
        ) : null}
        {draft && mayEdit ? (
          <PolicyEditor key={draft.id} workspace={workspace} draft={draft} templates={templates} />
        ) : null}
        {simulation && tried ? (
          <SimulationSection simulation={simulation} number={tried.number} isDraft={draft !== null} />
        ) : null}
        <UseSection workspace={workspace} use={use} days={dealDays} />
        <PolicyReader workspace={workspace} state={state} mayEdit={mayEdit && draft === null} />
      </div>
    </Messages>
  );
}
