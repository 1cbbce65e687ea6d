import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DraftForm } from "@/components/handoffs/draft-form";
import { HandoffPanel } from "@/components/handoffs/handoff-panel";
import { PacketEditor } from "@/components/handoffs/packet-editor";
import { FirstValue } from "@/components/onboardings/first-value";
import { StartButton } from "@/components/onboardings/standing";
import { apart } from "@/components/ui/apart";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { percent } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { Context } from "@/lib/context";
import { getPacket } from "@/lib/handoffs/queries";
import { isId } from "@/lib/identifiers";
import { readFirstValue } from "@/lib/onboardings/first-value";
import { standingOf } from "@/lib/onboardings/queries";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { listSpokes } from "@/lib/workspaces/queries";

type Props = {
  params: Promise<{ workspace: string; id: string }>;
  searchParams: Promise<{ journey?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("handoffs"))("packet") };
}

async function readPage(ctx: Context, customerId: string, journeyId: string | undefined) {
  const [found, spokes] = await Promise.all([getPacket(ctx, { customerId, journeyId }), listSpokes(ctx)]);
  const firstValue = await readFirstValue(ctx, found.packet.journeyId);
  return { ...found, spokes, firstValue, standing: await standingOf(ctx, found.packet.journeyId) };
}

/** What the next department needs to know of a customer, to fill while the journey goes on, to hand over, and to print. */
export default async function PacketPage({ params, searchParams }: Props) {
  const { workspace, id } = await params;
  const { journey } = await searchParams;
  const journeyId = typeof journey === "string" && isId(journey) ? journey : undefined;
  const found = await load(workspace, readPage, id, journeyId);
  const { packet, handoff, mayFill, mayDraft, needsReason, policy, spokes, firstValue, standing } = found;
  const onboarding = await getTranslations("onboarding");
  const t = await getTranslations("handoffs");
  const locale = await getLocale();
  const named = spokes.map((spoke) => ({ ...spoke, name: (locale === "he" && spoke.nameHe) || spoke.name }));
  const nameOf = (spokeId: string) => named.find((each) => each.id === spokeId)?.name ?? "";
  const isSelling = spokes.some(({ id, key }) => id === packet.accountableSpokeId && /^(senior_)?sales$/.test(key));
  return (
    <Messages namespaces={["handoffs", "onboarding"]}>
      <PageHead
        above={apart(packet.stageName)}
        title={t.rich("of", {
          name: () => (
            <Link href={paths.customer(workspace, packet.customerId)} className="underline underline-offset-4">
              <bdi>{packet.customerName}</bdi>
            </Link>
          ),
        })}
        statement={
          <>
            {t.rich("complete", { percent: () => <bdi className="num">{percent(packet.completeness)}</bdi> })}
            {" · "}
            {t("missing_count", { count: packet.missing.length })}
          </>
        }
      >
        {standing.onboardingId ? (
          <LinkButton href={paths.onboarding(workspace, standing.onboardingId)}>
            {onboarding("to_onboarding")}
          </LinkButton>
        ) : null}
        {standing.mayStart ? (
          <StartButton workspace={workspace} customerId={packet.customerId} journeyId={packet.journeyId} />
        ) : null}
        <LinkButton href={paths.handoffs(workspace)}>{t("title")}</LinkButton>
        <a
          href={paths.api(workspace, `/customers/${packet.customerId}/packet/pdf?journey=${packet.journeyId}`)}
          download
          className="inline-flex min-h-8 items-center text-13 underline underline-offset-2"
        >
          {t("pdf")}
        </a>
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-4 pb-12 md:px-7">
        {handoff ? (
          <HandoffPanel
            key={`${handoff.id}${handoff.version}`}
            workspace={workspace}
            handoff={handoff}
            fromName={nameOf(handoff.fromSpokeId)}
            toName={nameOf(handoff.toSpokeId)}
            policy={policy}
          />
        ) : null}
        {mayDraft ? (
          <DraftForm
            workspace={workspace}
            customerId={packet.customerId}
            journeyId={packet.journeyId}
            spokes={named.filter(({ id, position }) => position > 0 && id !== packet.accountableSpokeId)}
            isOverriding={needsReason}
            csSpokeId={isSelling ? (spokes.find(({ key }) => key === "cs")?.id ?? null) : null}
            policy={policy}
          />
        ) : null}
        <section aria-labelledby="first-value">
          <SectionHead id="first-value" title={onboarding("first_value")} />
          <FirstValue
            key={firstValue?.version ?? 0}
            {...{ workspace, customerId: packet.customerId, journeyId: packet.journeyId, firstValue }}
            mayWrite={mayFill}
            mayMeasure={standing.isWon}
          />
        </section>
        <PacketEditor workspace={workspace} packet={packet} mayFill={mayFill} />
      </div>
    </Messages>
  );
}
