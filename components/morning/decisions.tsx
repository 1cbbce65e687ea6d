import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { Decision, DecisionKind, Morning } from "@/lib/morning/schema";
import { decisionKinds } from "@/lib/morning/schema";
import { paths } from "@/lib/paths";

const places: Record<DecisionKind, (workspace: string, id: string) => Route> = {
  case_late: paths.recoveryCase,
  handoff_rejected_twice: (workspace, id) => paths.handoffs(workspace, `handoff=${id}`),
  relay_stalled: paths.customer,
  leak_unowned: paths.leak,
  leak_late: paths.leak,
  approval: paths.proposal,
  osc_overloaded: (workspace) => paths.load(workspace),
};

type Props = { workspace: string; morning: Morning; zone: string };

/** What is said of one of them beside its name; numbers and names of tiers in words, what people wrote as they wrote it. */
async function Detail({ kind, detail }: Decision) {
  const [t, proposals] = await Promise.all([getTranslations("morning"), getTranslations("proposals")]);
  if (!detail || kind === "case_late") return null;
  if (kind === "approval") return <span className="text-ink-2">{proposals(`tier.${detail as "manager"}`)}</span>;
  if (kind === "osc_overloaded") return <span className="text-ink-2">{t("carries", { percent: detail })}</span>;
  return (
    <q dir="auto" className="said line-clamp-3 min-w-0 flex-1 basis-64 md:line-clamp-1 text-ink-2">
      {detail}
    </q>
  );
}

/** What waits for somebody who leads, the most pressing first, each with the way to it. */
export async function Decisions({ workspace, morning: { decisions, totals }, zone }: Props) {
  const t = await getTranslations("morning");
  const cut = decisionKinds.filter(
    (kind) => (totals[kind] ?? 0) > decisions.filter((each) => each.kind === kind).length,
  );
  return (
    <section aria-labelledby="decisions">
      <SectionHead id="decisions" title={t("decisions")} note={decisions.length > 0 ? t("decisions_note") : null} />
      {decisions.length === 0 ? <p className="text-13 text-ink-3">{t("decisions_none")}</p> : null}
      <ol className="text-13">
        {decisions.map((decision) => (
          <li
            key={`${decision.kind}-${decision.id}`}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-hairline border-t py-1.5"
          >
            <span className="w-56 text-ink-2">
              <StatusMark state={decision.isUrgent ? "overdue" : "waiting"} /> {t(`decision.${decision.kind}`)}
            </span>
            <Link
              href={places[decision.kind](workspace, decision.opens)}
              prefetch={false}
              className="font-550 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{decision.name ?? t("unnamed")}</bdi>
            </Link>
            <Detail {...decision} />
            {decision.since ? (
              <span className="text-12 text-ink-3">
                {t(`since.${decision.kind === "approval" ? "asked" : "late"}`)}{" "}
                <DateTime at={decision.since} zone={zone} />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      {cut.map((kind) => (
        <p key={kind} className="pt-1 text-12 text-ink-3">
          {t("cut", { kind: t(`decision.${kind}`), total: totals[kind] ?? 0 })}
        </p>
      ))}
    </section>
  );
}
