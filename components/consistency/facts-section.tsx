import { getLocale, getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { FactsReport } from "@/lib/consistency/schema";
import { mediumNames } from "./type-names";

/** What our own clocks and logs say of the contacts, apart from what customers said. */
export async function FactsSection({ facts }: { facts: FactsReport["facts"] }) {
  const t = await getTranslations("experience");
  const common = await getTranslations("common");
  const isHebrew = (await getLocale()) === "he";
  const mediumName = await mediumNames();
  if (facts.length === 0) return null;
  return (
    <section aria-labelledby="facts">
      <SectionHead id="facts" title={t("facts.title")} note={t("facts.note")} />
      <dl className="text-13">
        {facts.map(({ medium, name, nameHe, ...rate }) => (
          <div
            key={`${medium}/${name}`}
            className="grid gap-x-4 border-hairline border-t py-1.5 md:grid-cols-[8rem_minmax(0,22rem)_1fr]"
          >
            <dt className="contents">
              <span className="text-ink-3">{mediumName(medium)}</span>
              <bdi>{(isHebrew && nameHe) || name}</bdi>
            </dt>
            <dd>
              <RateText {...rate} noData={t("not_used")} needs={(count) => common("needs_more", { count })} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
