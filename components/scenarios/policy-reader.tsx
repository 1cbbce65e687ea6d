"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { useWrite } from "@/components/ui/use-write";
import { draftPolicyAction } from "@/lib/scenarios/actions";
import type { PolicyState } from "@/lib/scenarios/schema";
import { RuleList } from "./rule-list";

type Props = { workspace: string; state: PolicyState; mayEdit: boolean };

/** The policy in force: its rules, weights and hours, and every version. */
export function PolicyReader({
  workspace,
  state: { inForce, draft, versions, simulation, templates },
  mayEdit,
}: Props) {
  const t = useTranslations("scenarios");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const begin = async () => {
    if (await run(() => draftPolicyAction(workspace, {}))) router.refresh();
  };
  return (
    <section aria-labelledby="policy">
      <SectionHead id="policy" title={t("policy")} note={inForce ? t("in_force", { number: inForce.number }) : null}>
        {mayEdit ? (
          <Button onClick={begin} isBusy={isBusy}>
            {t("draft")}
          </Button>
        ) : null}
      </SectionHead>
      {error ? (
        <p role="alert" className="py-2 text-13 text-bad">
          {error}
        </p>
      ) : null}
      {inForce ? (
        <>
          <RuleList policy={inForce} simulation={draft ? null : simulation} templates={templates} />
          <p className="pt-2 text-13 text-ink-2">{t("weights_are", inForce.weights)}</p>
          <ol className="pt-2 text-12 text-ink-3">
            {versions.map((version) => (
              <li key={version.id} className="flex gap-4 py-0.5">
                <span className="num">{t("version", { number: version.number })}</span>
                {version.publishedAt ? <DateTime at={version.publishedAt} shape="long" /> : t("is_draft")}
                <span className="num">{t("rules", { count: version.rules })}</span>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p className="text-13 text-ink-2">{t("no_policy")}</p>
      )}
    </section>
  );
}
