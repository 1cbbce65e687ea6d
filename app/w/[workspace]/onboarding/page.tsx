import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { OnboardingBoard, OnboardingList } from "@/components/onboardings/board";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { listOnboardings } from "@/lib/onboardings/queries";
import { OnboardingsInput } from "@/lib/onboardings/schema";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onboarding"))("title") };
}

async function readPage(ctx: Context, asked: Asked) {
  const show = asked.show === "ended" ? "ended" : "open";
  const cursor = typeof asked.cursor === "string" ? asked.cursor : undefined;
  const list = await listOnboardings(ctx, OnboardingsInput.parse({ show, cursor }));
  return { show, list, mayPlan: can(ctx.roles, "templates.edit") } as const;
}

/** How the customers who were won are doing until they get out of it what they came for; those in danger first. */
export default async function OnboardingBoardPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { show, list, mayPlan } = await load(workspace, readPage, await searchParams);
  const t = await getTranslations("onboarding");
  const atRisk = list.data.filter(({ health }) => health.level === "at_risk").length;
  return (
    <Messages namespaces={["onboarding"]}>
      <PageHead
        title={t("title")}
        statement={
          show === "open" && list.data.length > 0
            ? t("statement", { count: list.data.length, risk: atRisk })
            : t("about")
        }
      >
        {mayPlan ? <LinkButton href={paths.onboardingPlan(workspace)}>{t("plan")}</LinkButton> : null}
      </PageHead>
      <nav aria-label={t("show")} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-13 md:px-7">
        {(["open", "ended"] as const).map((each) => (
          <Link
            key={each}
            href={paths.onboardings(workspace, each === "open" ? "" : `show=${each}`)}
            aria-current={show === each ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t(`tab.${each}`)}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pt-2 pb-12 md:px-7">
        {list.data.length === 0 ? (
          <EmptyState title={t(`empty.${show}`)}>{t("empty_hint")}</EmptyState>
        ) : show === "open" ? (
          <OnboardingBoard workspace={workspace} rows={list.data} />
        ) : (
          <OnboardingList workspace={workspace} rows={list.data} />
        )}
        {list.isPartial ? <p className="text-12 text-ink-3">{t("partial")}</p> : null}
        {list.nextCursor ? (
          <p>
            <LinkButton href={paths.onboardings(workspace, `show=ended&cursor=${list.nextCursor}`)}>
              {t("more")}
            </LinkButton>
          </p>
        ) : null}
      </div>
    </Messages>
  );
}
