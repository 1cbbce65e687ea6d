import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { ConsistencyBoard } from "@/lib/consistency/schema";
import { rateOf } from "@/lib/statistics/rate";
import { PeopleFunnel } from "./people-funnel";
import { ownDirection, percentOf } from "./words";

type Props = { people: ConsistencyBoard["people"]; rowsAt: (filter: Record<string, string>) => string };

const marks = { inside: "good", alert: "waiting", alarm: "overdue", too_few: "idle" } as const;

/** People between the limits of chance, in the order of their names: never a league table. */
export async function PeopleSection({ people, rowsAt }: Props) {
  const t = await getTranslations("experience");
  const common = await getTranslations("common");
  if (people.units.length === 0) return null;
  const judged = people.units.filter(({ stand }) => stand !== "too_few").length;
  const isSpread = people.isOverdispersed && judged > 1;
  const locale = await getLocale();
  const words = {
    alert: ownDirection(t("funnel_alert"), locale),
    alarm: ownDirection(t("funnel_alarm"), locale),
    target: ownDirection(t("chart_target", { share: percentOf(people.target) }), locale),
    ratings: ownDirection(t("funnel_ratings"), locale),
  };
  return (
    <section aria-labelledby="people">
      <SectionHead id="people" title={t("people")} note={t(isSpread ? "people_spread" : "people_note")} />
      <ScrollRegion label={t("people")}>
        <PeopleFunnel
          people={people}
          label={t("people_label", { count: people.units.length })}
          words={words}
          hrefOf={(agentId) => rowsAt({ agentId })}
        />
      </ScrollRegion>
      <ul className="text-13">
        {people.units.map(({ unit, stand }) => (
          <li key={unit.memberId} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
            <Link
              href={rowsAt({ agentId: unit.memberId }) as never}
              prefetch={false}
              className="min-w-44 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{unit.isFormer ? t("former", { name: unit.name }) : unit.name}</bdi>
            </Link>
            <RateText
              {...rateOf(unit.k, unit.n)}
              noData={common("no_data")}
              needs={(count) => common("needs_more", { count })}
            />
            <span className={stand === "alarm" ? "font-550 text-bad" : "text-ink-2"}>
              <StatusMark state={marks[stand]} /> {t(`stand.${stand}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
