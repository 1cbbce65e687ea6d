import { getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { EnablementBoard } from "@/lib/enablement/schema";

/** Role by role, how many of those who hold it are enabled, and the names of those who are not. */
export async function CoverageSection({ board }: { board: EnablementBoard }) {
  const t = await getTranslations("enablement");
  const members = await getTranslations("members");
  const common = await getTranslations("common");
  return (
    <section aria-labelledby="coverage">
      <SectionHead id="coverage" title={t("coverage")} note={t("coverage_note")} />
      <ul className="text-13">
        {board.coverage.map(({ role, enabled, missing, finding }) => (
          <li key={role} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-hairline border-t py-1.5">
            <span className="min-w-44 font-550">{members(`roles.${role}`)}</span>
            {finding ? (
              <span className="text-warn">
                <StatusMark state="waiting" /> {t(`finding.${finding}`)}
              </span>
            ) : (
              <>
                <RateText {...enabled} noData={common("no_data")} needs={() => ""} />
                <span className="text-ink-2">
                  {missing.length === 0 ? (
                    <>
                      <StatusMark state="good" /> {t("coverage_all")}
                    </>
                  ) : (
                    t.rich("coverage_missing", {
                      names: () =>
                        missing.map(({ memberId, name }, place) => (
                          <bdi key={memberId}>{place === 0 ? name : `, ${name}`}</bdi>
                        )),
                    })
                  )}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
