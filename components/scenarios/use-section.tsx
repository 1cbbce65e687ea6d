import Link from "next/link";
import { useTranslations } from "next-intl";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { PolicyState } from "@/lib/scenarios/schema";

type Props = { workspace: string; use: PolicyState["use"]; days: number };

/** How many handoffs follow each scenario, how many of them against the policy, and the way to them. */
export function UseSection({ workspace, use, days }: Props) {
  const t = useTranslations("scenarios");
  return (
    <section aria-labelledby="use">
      <SectionHead id="use" title={t("use")} note={t("use_note", { days })} />
      <ul className="text-13">
        {use.map(({ scenario, handoffs, overridden }) => (
          <li key={scenario} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-b py-1.5">
            <b className="min-w-24 font-550">{t(`name.${scenario}`)}</b>
            {handoffs === 0 ? (
              <span className="text-ink-3">{t("handoffs", { count: handoffs })}</span>
            ) : (
              <Link
                href={paths.handoffs(workspace, `show=all&scenario=${scenario}`) as never}
                prefetch={false}
                className="num underline decoration-hairline-strong underline-offset-2"
              >
                {t("handoffs", { count: handoffs })}
              </Link>
            )}
            {overridden > 0 ? <span className="text-ink-2">{t("overridden", { count: overridden })}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
