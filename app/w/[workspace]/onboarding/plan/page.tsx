import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PlanEditor } from "@/components/onboardings/plan-editor";
import { DateTime } from "@/components/ui/date-time";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { listPlans } from "@/lib/onboardings/plans";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { listSpokes } from "@/lib/workspaces/queries";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<{ plan?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onboarding"))("plan") };
}

async function readPage(ctx: Context) {
  requirePermission(ctx, "templates.edit", "yes");
  const [{ data }, spokes] = await Promise.all([listPlans(ctx), listSpokes(ctx)]);
  return { plans: data, spokes };
}

/** The plans that onboardings begin from, to write; what has begun keeps what it was begun with. */
export default async function OnboardingPlanPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { plan: asked } = await searchParams;
  const { plans, spokes } = await load(workspace, readPage);
  const t = await getTranslations("onboarding");
  const locale = await getLocale();
  const named = spokes.map((spoke) => ({ key: spoke.key, name: (locale === "he" && spoke.nameHe) || spoke.name }));
  const found = plans.find(({ id }) => id === asked) ?? plans[0];
  const isNew = asked === "new" && plans[0]?.id !== null;
  const plan = isNew && found ? { ...found, id: null, name: "", version: 0 } : found;
  return (
    <Messages namespaces={["onboarding"]}>
      <PageHead
        above={
          <Link href={paths.onboardings(workspace)} className="inline-block py-1 underline underline-offset-2">
            {t("title")}
          </Link>
        }
        title={t("plan")}
        statement={t("plan_about")}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-3 pb-12 md:px-7">
        {plans[0]?.id ? (
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13">
            {plans.map(({ id, name, version, savedAt }) => (
              <li key={id}>
                <Link
                  href={paths.onboardingPlan(workspace, `plan=${id}`)}
                  aria-current={plan?.id === id ? "true" : undefined}
                  className="underline underline-offset-2 aria-current:font-550"
                >
                  <bdi>{name}</bdi>
                </Link>{" "}
                <span className="text-12 text-ink-3">
                  {t("version", { version })} {savedAt ? <DateTime at={savedAt} shape="date" /> : null}
                </span>
              </li>
            ))}
            <li>
              <Link href={paths.onboardingPlan(workspace, "plan=new")} className="underline underline-offset-2">
                {t("new_plan")}
              </Link>
            </li>
          </ul>
        ) : (
          <p className="text-13 text-ink-2">{t("usual_plan")}</p>
        )}
        {plan ? (
          <PlanEditor key={`${plan.id}${plan.version}${isNew}`} workspace={workspace} plan={plan} spokes={named} />
        ) : null}
      </div>
    </Messages>
  );
}
