import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { AssignmentView, WaitingDeal } from "@/lib/scenario-lab/schema";

const linkStyle = "font-550 underline decoration-hairline-strong underline-offset-2";

/** Deals at their decision stage that wait for a scenario, each with the way to give it one. */
export function WaitingDeals({ workspace, deals }: { workspace: string; deals: readonly WaitingDeal[] }) {
  const t = useTranslations("lab");
  if (deals.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <SectionHead id="waiting" title={t("waiting")} note={<span className="num">{deals.length}</span>} />
      <ul>
        {deals.map(({ journeyId, customerName, since }) => (
          <li key={journeyId} className="flex flex-wrap gap-x-5 border-hairline border-b py-1.5 text-13">
            <Link href={paths.scenarios(workspace, `journey=${journeyId}`)} prefetch={false} className={linkStyle}>
              <bdi>{customerName}</bdi>
            </Link>
            <span className="text-12 text-ink-3">
              {t("since")} <DateTime at={since} shape="date" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The scenarios that were given last. */
export function LastAssignments({ workspace, rows }: { workspace: string; rows: readonly AssignmentView[] }) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="given">
      <SectionHead id="given" title={t("given")} note={t("given_note", { count: rows.length })} />
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap gap-x-5 border-hairline border-b py-1.5 text-13">
            <Link href={paths.scenarios(workspace, `journey=${row.journeyId}`)} prefetch={false} className={linkStyle}>
              <bdi>{row.customerName}</bdi>
            </Link>
            <span>
              {scenario(`name.${row.scenario}`)} {t(`source.${row.source}`, { experiment: row.experimentName ?? "" })}
            </span>
            <span className="text-12 text-ink-3">
              <DateTime at={row.decidedAt} shape="date" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
