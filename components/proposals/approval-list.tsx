import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { DateTime } from "@/components/ui/date-time";
import { StatusMark } from "@/components/ui/status-mark";
import { paths } from "@/lib/paths";
import type { ApprovalView, ProposalView } from "@/lib/proposals/schema";
import { WaiveConflict } from "./waive-conflict";
import { amountOf, shareOf } from "./words";

const markOf = ({ decision }: ApprovalView) =>
  decision === "approved" ? "good" : decision === "rejected" ? "overdue" : decision === null ? "waiting" : "idle";

/** Who was asked to approve, and what each said; nothing where nobody was. */
export async function ApprovalList({ proposal: { approvals } }: { proposal: ProposalView }) {
  const t = await getTranslations("proposals");
  if (approvals.length === 0) return null;
  return (
    <section aria-label={t("approval")}>
      <h2 className="font-550 text-13">{t("approval")}</h2>
      <ul>
        {approvals.map((each) => (
          <li key={`${each.tier} ${each.requestedAt}`} className="flex flex-wrap gap-x-3 py-1 text-13">
            <span>
              <StatusMark state={markOf(each)} /> {t(`tier.${each.tier}`)}
            </span>
            <span className="text-ink-2">
              {each.decision === null || each.decision === "void" ? null : (
                <bdi>{t(`approval_${each.decision}`, { name: apart(each.decidedByName ?? "") })} </bdi>
              )}
              {each.decision === "void" ? t("approval_void") : null}
              <span className="num text-12 text-ink-3">
                <DateTime at={each.decidedAt ?? each.dueAt} />
              </span>
            </span>
            {each.note ? (
              <q dir="auto" className="said">
                {each.note}
              </q>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Props = { workspace: string; proposal: ProposalView; locale: string };

/** What it disagrees with, side by side: who offered what, and in which respects. */
export async function ConflictList({ workspace, proposal: { conflictList, spread, mayWaive }, locale }: Props) {
  const t = await getTranslations("proposals");
  if (conflictList.length === 0) return null;
  return (
    <section aria-label={t("conflict")}>
      <h2 className="font-550 text-13">{t("conflict")}</h2>
      {spread ? (
        <p className="text-13">
          {t("spread", {
            count: spread.count,
            spread: shareOf(Math.round(spread.spread * 10_000), locale),
            cv: shareOf(Math.round(spread.cv * 10_000), locale),
          })}
        </p>
      ) : null}
      <ul>
        {conflictList.map((each) => (
          <li key={each.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1 text-13">
            <Link
              href={paths.proposal(workspace, each.otherId)}
              prefetch={false}
              className="font-550 underline decoration-hairline-strong underline-offset-2"
            >
              {t("conflict_with", {
                name: apart(each.otherSellerName),
                amount: apart(amountOf(each.otherNetMinor, each.otherCurrency, locale)),
              })}
            </Link>
            <span className="text-12 text-ink-3">
              {t(`state.${each.otherState}`)}
              {each.isOtherOfRecord ? ` · ${t("of_record")}` : ""}
            </span>
            <span className="text-12 text-ink-3">{t(`severity.${each.severity}`)}</span>
            <span className={each.state === "open" ? "text-bad" : "text-ink-3"}>
              {each.kinds.map((kind) => t(`kind.${kind}`)).join(", ")} ·{" "}
              <span className="num">{t("gap", { share: shareOf(Math.round(each.gap * 10_000), locale) })}</span>
              {each.state === "open" ? "" : ` · ${t(each.state)}`}
            </span>
            {each.isPotential || each.isOtherPart ? (
              <span className="text-12 text-ink-2">
                {each.otherCustomerName === null ? (
                  t(each.isPotential ? "potential" : "part")
                ) : (
                  <bdi>{t(each.isPotential ? "potential_of" : "part_of", { name: apart(each.otherCustomerName) })}</bdi>
                )}
              </span>
            ) : null}
            {each.waivedReason ? (
              <q dir="auto" className="said">
                {each.waivedReason}
              </q>
            ) : null}
            {mayWaive && each.state === "open" ? (
              <WaiveConflict workspace={workspace} id={each.id} version={each.version} name={each.otherSellerName} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
