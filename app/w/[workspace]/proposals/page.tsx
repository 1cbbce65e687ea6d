import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Discounts } from "@/components/proposals/discounts";
import { ProposalList } from "@/components/proposals/proposal-list";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { listProposals } from "@/lib/proposals/queries";
import { reportDiscounts } from "@/lib/proposals/report";
import { ProposalsInput } from "@/lib/proposals/schema";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("title") };
}

const tabs = ["live", "waiting", "conflicts", "all"] as const;

/** The usual lists, and the rows behind a figure while they are looked at. */
const tabsOf = (show: ProposalsInput["show"]) => (tabs.some((tab) => tab === show) ? tabs : ([...tabs, show] as const));

async function readPage(ctx: Context, input: ProposalsInput) {
  const [list, report] = await Promise.all([
    listProposals(ctx, input),
    can(ctx.roles, "reports.read") ? reportDiscounts(ctx) : null,
  ]);
  return { list, report, keepsPrices: can(ctx.roles, "prices.edit") };
}

/** What customers are offered: which offer binds, which disagree, and what waits for an approval. */
export default async function ProposalsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = await searchParams;
  const read = ProposalsInput.safeParse({ show: asked.show, cursor: asked.cursor, sellerId: asked.sellerId });
  const input = read.success ? read.data : ProposalsInput.parse({});
  const { list, report, keepsPrices } = await load(workspace, readPage, input);
  const t = await getTranslations("proposals");
  const at = (query: Record<string, string>) => paths.proposals(workspace, new URLSearchParams(query).toString());
  return (
    <>
      <PageHead
        title={t("title")}
        statement={
          report
            ? t("statement", { conflicts: report.customersInConflict.k, live: report.customersInConflict.n })
            : undefined
        }
      >
        {keepsPrices ? <LinkButton href={paths.prices(workspace)}>{t("prices_link")}</LinkButton> : null}
      </PageHead>
      <nav aria-label={t("show")} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-13 md:px-7">
        {tabsOf(input.show).map((show) => (
          <Link
            key={show}
            href={at({ show })}
            aria-current={input.show === show ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t(`tab.${show}`)}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-3 pb-12 md:px-7">
        {list.data.length === 0 ? (
          <EmptyState title={t(`empty.${input.show}`)}>{t("empty_hint")}</EmptyState>
        ) : (
          <ProposalList workspace={workspace} rows={list.data} />
        )}
        {list.nextCursor ? (
          <p>
            <LinkButton
              href={at({
                show: input.show,
                cursor: list.nextCursor,
                ...(input.sellerId ? { sellerId: input.sellerId } : {}),
              })}
            >
              {t("more")}
            </LinkButton>
          </p>
        ) : null}
        {report ? <Discounts workspace={workspace} report={report} /> : null}
      </div>
    </>
  );
}
