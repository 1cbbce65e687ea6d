import { useTranslations } from "next-intl";
import { SectionHead } from "@/components/ui/section-head";
import type { Simulation } from "@/lib/scenarios/schema";

type Props = { simulation: Simulation; number: number; isDraft: boolean };

/** What these rules would have done with the deals that ended lately, and what is not stored to say. */
export function SimulationSection({ simulation, number, isDraft }: Props) {
  const t = useTranslations("scenarios");
  const { days, deals, byScenario, undecided, missing, hoursNeeded, freeHours, isPartial } = simulation;
  const title = t(isDraft ? "simulation_draft" : "simulation", { number });
  return (
    <section aria-labelledby="simulation">
      <SectionHead id="simulation" title={title} note={t("simulation_note", { days })} />
      {deals === 0 ? (
        <p className="text-13 text-ink-2">{t("no_deals", { days })}</p>
      ) : (
        <ul className="grid max-w-[64em] gap-1 text-13">
          <li>
            {t("placed", { deals, ...byScenario })}
            {isPartial ? ` ${t("partial", { deals })}` : ""}
          </li>
          {undecided > 0 ? (
            <li className="text-ink-2">
              {t("undecided", { count: undecided })}{" "}
              {missing
                .map(({ field, deals: of }) => t("missing", { field: t(`field.${field}`), count: of }))
                .join(" · ")}
            </li>
          ) : null}
          <li>
            {freeHours === null
              ? t("hours_unknown", { hours: hoursNeeded })
              : t(hoursNeeded > freeHours ? "hours_over" : "hours_within", { hours: hoursNeeded, free: freeHours })}
          </li>
        </ul>
      )}
    </section>
  );
}
