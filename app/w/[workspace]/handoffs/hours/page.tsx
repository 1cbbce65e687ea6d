import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BudgetTable } from "@/components/csm-hours/budget-table";
import { HoursList } from "@/components/csm-hours/hours-list";
import { hoursOf } from "@/components/csm-hours/words";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import type { Context } from "@/lib/context";
import { getBudgets, listCsmHours } from "@/lib/csm-hours/queries";
import { CsmHoursInput } from "@/lib/csm-hours/schema";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hours"))("title") };
}

async function readPage(ctx: Context, cursor: string | undefined) {
  const [budgets, list] = await Promise.all([getBudgets(ctx), listCsmHours(ctx, CsmHoursInput.parse({ cursor }))]);
  return { budgets, list };
}

/** What customer success has for deals: hours a week, what is used and free in four weeks, and where the time went. */
export default async function HoursPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { cursor } = await searchParams;
  const { budgets, list } = await load(workspace, readPage, typeof cursor === "string" ? cursor : undefined);
  const t = await getTranslations("hours");
  const words = await getTranslations("handoffs");
  const { from, to, team, members } = budgets;
  const day = (at: string) => <DateTime at={`${at}T12:00:00.000Z`} shape="date" />;
  return (
    <Messages namespaces={["hours"]}>
      <PageHead
        title={t("title")}
        statement={
          team.capacity === null || team.free === null
            ? t("statement_unknown")
            : t.rich("statement_known", {
                free: hoursOf(team.free),
                reserved: hoursOf(team.reserved),
                capacity: hoursOf(team.capacity),
                from: () => day(from),
                to: () => day(to),
              })
        }
      >
        <LinkButton href={paths.handoffs(workspace)}>{words("title")}</LinkButton>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 pt-4 pb-12 md:px-7">
        {members.length === 0 ? (
          <EmptyState title={t("nobody")} />
        ) : (
          <BudgetTable workspace={workspace} budgets={budgets} />
        )}
        <section aria-labelledby="logged">
          <SectionHead id="logged" title={t("logged")} />
          {list.data.length === 0 ? (
            <p className="text-13 text-ink-3">{t("none")}</p>
          ) : (
            <HoursList workspace={workspace} rows={list.data} />
          )}
          {list.nextCursor ? (
            <p className="pt-3">
              <LinkButton href={`${paths.csmHours(workspace)}?cursor=${list.nextCursor}`}>{t("more")}</LinkButton>
            </p>
          ) : null}
        </section>
      </div>
    </Messages>
  );
}
