import { getLocale, getTranslations } from "next-intl/server";
import { percent } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { EnablementBoard } from "@/lib/enablement/schema";
import { isolated } from "@/lib/isolated";
import { AssignButton } from "./assign-button";
import type { MomentOption, PersonOption } from "./enablement-screen";
import { WriteButton } from "./write-button";

type Props = {
  workspace: string;
  board: EnablementBoard;
  moments: readonly MomentOption[];
  people: PersonOption[];
  canAssign: boolean;
  now: string;
};

const most = 8;
/** What would be rounded to nothing is not worth a line. */
const leastShown = 0.05;

/** Driver x shortfall x person or department, largest first, each one press away from being assigned. */
export async function ProposalSection({ workspace, board, moments, people, canAssign, now }: Props) {
  const t = await getTranslations("enablement");
  const isHebrew = (await getLocale()) === "he";
  const { proposals, ranking, items } = board;
  const shown = proposals.filter(({ priority }) => priority >= leastShown).slice(0, most);
  if (!ranking || shown.length === 0) return null;
  return (
    <section aria-labelledby="proposals">
      <SectionHead id="proposals" title={t("proposals")} note={t("proposals_note")} />
      <ol>
        {shown.map((proposal) => {
          const moment = moments.find(({ id }) => id === proposal.momentId);
          const item = items.find(({ id }) => id === proposal.itemId);
          const name = isHebrew ? proposal.nameHe : proposal.name;
          return (
            <li
              key={`${proposal.momentId} ${proposal.memberIds.join(" ")}`}
              className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5 text-13"
            >
              <p className="min-w-0 flex-1 basis-80">
                <bdi className="font-550">
                  {proposal.scope === "team" ? t("proposal_of_team", { name, count: proposal.memberIds.length }) : name}
                </bdi>{" "}
                <bdi className="text-ink-2">{(isHebrew && moment?.nameHe) || moment?.name}</bdi>
                <span className="block text-12 text-ink-3">
                  {t("proposal_why", {
                    share: isolated(percent(proposal.shrunken)),
                    n: proposal.n,
                    target: isolated(percent(ranking.target)),
                    weight: proposal.weight.toFixed(2),
                  })}
                </span>
              </p>
              <span className="num text-ink-2">{t("worth", { priority: proposal.priority.toFixed(1) })}</span>
              {proposal.isGiven ? (
                <span className="text-ink-2">{t("given")}</span>
              ) : item && canAssign ? (
                <AssignButton
                  workspace={workspace}
                  item={item}
                  people={people}
                  chosen={proposal.memberIds}
                  reason="driver"
                  label={t("assign_one", { item: (isHebrew && item.nameHe) || item.name, name })}
                  now={now}
                />
              ) : item ? null : (
                <span className="flex flex-wrap items-center gap-x-2 text-warn">
                  {t("write_item")}
                  {canAssign && moment ? <WriteButton workspace={workspace} moment={moment} /> : null}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
