import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/live/live-refresh";
import { OfferShare } from "@/components/offers/offer-share";
import { ApprovalList, ConflictList } from "@/components/proposals/approval-list";
import { EditButton } from "@/components/proposals/edit-button";
import { LineTable, PriceFacts } from "@/components/proposals/line-table";
import { OptionsForm } from "@/components/proposals/options-form";
import { ProposalActions } from "@/components/proposals/proposal-actions";
import { StandingOffer } from "@/components/proposals/standing-offer";
import { marks } from "@/components/proposals/words";
import { apart } from "@/components/ui/apart";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { listPriceBooks } from "@/lib/products/queries";
import { getProposal } from "@/lib/proposals/queries";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("title") };
}

const editable = ["draft", "pending_approval", "approved"];

/** The proposal, and the price book that it may be changed by: one that holds today, before the customer saw it. */
async function readPage(ctx: Context, id: string) {
  const proposal = await getProposal(ctx, { id });
  const mayChange = proposal.mayDraftOptions || (proposal.mayEdit && editable.includes(proposal.state));
  const books = mayChange ? await listPriceBooks(ctx) : [];
  return { proposal, book: books.find((each) => each.id === proposal.priceBookId) ?? null };
}

/** One proposal: what it offers at which price, who approves it, what it disagrees with, and what comes next. */
export default async function ProposalPage({ params }: { params: Promise<{ workspace: string; id: string }> }) {
  const { workspace, id } = await params;
  const { proposal, book } = await load(workspace, readPage, id);
  const t = await getTranslations("proposals");
  const locale = await getLocale();
  return (
    <Messages namespaces={["proposals"]}>
      <LiveRefresh
        workspace={workspace}
        nouns={["proposal", "approval", "conflict"]}
        customerId={proposal.customerId}
      />
      <PageHead
        above={
          <Link href={paths.proposals(workspace)} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        title={
          <>
            <bdi>{proposal.customerName}</bdi> · <bdi>{proposal.need}</bdi>
          </>
        }
        statement={
          <>
            <StatusMark state={marks[proposal.state]} /> {t(`state.${proposal.state}`)} ·{" "}
            <bdi>{t("by", { name: apart(proposal.sellerName) })}</bdi>
            {proposal.isOfferOfRecord ? ` · ${t("of_record")}` : ""}
            {proposal.endedReason ? (
              <>
                {" "}
                · <bdi>{proposal.endedReason}</bdi>
              </>
            ) : null}
          </>
        }
      >
        <LinkButton href={paths.customer(workspace, proposal.customerId)} prefetch={false}>
          <bdi>{proposal.customerName}</bdi>
        </LinkButton>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 pt-4 pb-12 md:px-7">
        {proposal.withdrawnMessage ? (
          <p className="text-13 text-ink-2">
            {t("told")}{" "}
            <q dir="auto" className="said">
              {proposal.withdrawnMessage}
            </q>
          </p>
        ) : null}
        <StandingOffer workspace={workspace} proposal={proposal} locale={locale} />
        <PriceFacts proposal={proposal} locale={locale} />
        <LineTable proposal={proposal} locale={locale} />
        {book && proposal.mayDraftOptions ? (
          <OptionsForm key={proposal.version} {...{ workspace, proposal, book }} />
        ) : null}
        {book && proposal.mayEdit ? <EditButton key={proposal.version} {...{ workspace, proposal, book }} /> : null}
        {proposal.presentedAt ? <OfferShare workspace={workspace} id={id} mayLink={proposal.mayEdit} /> : null}
        <ApprovalList proposal={proposal} />
        <ConflictList workspace={workspace} proposal={proposal} locale={locale} />
        <ProposalActions workspace={workspace} proposal={proposal} />
      </div>
    </Messages>
  );
}
