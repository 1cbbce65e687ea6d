import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { FirstValue } from "@/components/onboardings/first-value";
import { HealthTerms, HealthWord } from "@/components/onboardings/health";
import { Milestones } from "@/components/onboardings/milestones";
import { EndForm, Kickoff } from "@/components/onboardings/standing";
import { dayText } from "@/components/onboardings/words";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { listPeople } from "@/lib/members/options";
import { getOnboarding } from "@/lib/onboardings/queries";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { listSpokes } from "@/lib/workspaces/queries";

type Props = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onboarding"))("title") };
}

async function readPage(ctx: Context, id: string) {
  const onboarding = await getOnboarding(ctx, { id });
  const [{ people }, spokes] = await Promise.all([listPeople(ctx), listSpokes(ctx)]);
  return { onboarding, people, spokes, now: ctx.now.toISOString(), mayWrite: can(ctx.roles, "customers.edit") };
}

/** One onboarding: how it goes and why, its milestones, the kickoff, and the first value. */
export default async function OnboardingPage({ params }: Props) {
  const { workspace, id } = await params;
  const { onboarding, people, spokes, now, mayWrite } = await load(workspace, readPage, id);
  const t = await getTranslations("onboarding");
  const locale = await getLocale();
  const named = spokes.map((spoke) => ({ id: spoke.id, name: (locale === "he" && spoke.nameHe) || spoke.name }));
  const { customerId, journeyId, customerName, firstValue, daysToFirstValue } = onboarding;
  return (
    <Messages namespaces={["onboarding"]}>
      <PageHead
        above={
          <Link href={paths.onboardings(workspace)} className="inline-block py-1 underline underline-offset-2">
            {t("title")}
          </Link>
        }
        title={
          <Link href={paths.customer(workspace, customerId)} className="underline underline-offset-4">
            <bdi>{customerName}</bdi>
          </Link>
        }
        statement={
          <>
            <HealthWord health={onboarding.health} /> ·{" "}
            {t("progress", { done: onboarding.done, total: onboarding.total })} ·{" "}
            {t("won_on", { date: dayText(locale, onboarding.wonOn) })} ·{" "}
            {onboarding.ownerName ? <bdi>{onboarding.ownerName}</bdi> : t("nobody")}
          </>
        }
      >
        <LinkButton href={paths.packet(workspace, customerId)}>{t("to_packet")}</LinkButton>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pt-1 pb-12 md:px-7">
        <section aria-labelledby="health">
          <SectionHead id="health" title={t("health")} note={t("health_note")} />
          <HealthTerms health={onboarding.health} />
        </section>
        <section aria-labelledby="milestones">
          <SectionHead
            id="milestones"
            title={t("milestones")}
            note={t("plan_version", { version: onboarding.planVersion })}
          />
          <Milestones {...{ workspace, onboarding, now }} people={people} spokes={named} />
        </section>
        <section aria-labelledby="first-value">
          <SectionHead
            id="first-value"
            title={t("first_value")}
            note={daysToFirstValue === null ? undefined : t("reached_after", { days: daysToFirstValue })}
          />
          <FirstValue {...{ workspace, customerId, journeyId, firstValue, mayWrite }} mayMeasure />
        </section>
        <section aria-labelledby="kickoff">
          <SectionHead id="kickoff" title={t("kickoff")} />
          <Kickoff key={onboarding.version} workspace={workspace} onboarding={onboarding} />
        </section>
        <section aria-labelledby="end">
          <SectionHead id="end" title={t("end")} />
          <EndForm key={onboarding.version} workspace={workspace} onboarding={onboarding} />
        </section>
      </div>
    </Messages>
  );
}
