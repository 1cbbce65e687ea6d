import { useLocale, useTranslations } from "next-intl";
import { SpokeCode } from "@/components/ui/spoke-code";
import type { TemplateStageView, TemplateView } from "@/lib/templates/schema";

/** A version as it is or was: every stage with who has it, how long it takes and what it expects. */
export function TemplateReader({ template }: { template: TemplateView }) {
  const t = useTranslations("templates");
  const locale = useLocale();
  return (
    <ol aria-label={t("stages")} className="px-4 pb-10 md:px-7">
      {template.stageList.map((stage, index) => {
        const spoke = template.spokes.find(({ id }) => id === stage.spokeId);
        const spokeName = spoke ? (locale === "he" ? spoke.nameHe || spoke.name : spoke.name) : "";
        return (
          <li
            key={stage.id}
            className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3 border-hairline border-t py-3 md:grid-cols-[2rem_minmax(0,1fr)_minmax(0,2fr)]"
          >
            <span className="num text-end text-13 text-ink-3">{index + 1}</span>
            <div>
              <h2 className="flex items-center gap-2 font-550 text-14">
                {spoke ? <SpokeCode code={spoke.code} position={spoke.position} name={spokeName} /> : null}
                <bdi>{stage.name}</bdi>
              </h2>
              <p className="text-12 text-ink-3">
                {spokeName} · {t(`entry_status.${stage.entryStatus}`)}
              </p>
            </div>
            <StageFacts stage={stage} names={new Map(template.stageList.map(({ key, name }) => [key, name]))} />
          </li>
        );
      })}
    </ol>
  );
}

function StageFacts({ stage, names }: { stage: TemplateStageView; names: ReadonlyMap<string, string> }) {
  const t = useTranslations("templates");
  const facts = [
    stage.dwellP50Days === null ? null : t("fact.p50", { days: stage.dwellP50Days }),
    stage.dwellP80Days === null ? null : t("fact.p80", { days: stage.dwellP80Days }),
    stage.silenceDays === null ? null : t("fact.silence", { days: stage.silenceDays }),
    stage.allowedNext.length === 0
      ? null
      : t("fact.next", { stages: stage.allowedNext.map((key) => names.get(key) ?? key).join(", ") }),
    stage.requiredFields.length === 0 ? null : t("fact.required", { fields: stage.requiredFields.join(", ") }),
    ...stage.touchpoints.map(({ name, due }) =>
      due ? t("fact.touchpoint", { name, amount: due.amount, unit: t(`units.${due.unit}`) }) : name,
    ),
  ].filter((fact) => fact !== null);
  return (
    <ul className="text-13 text-ink-2 max-md:col-start-2">
      {facts.map((fact) => (
        <li key={fact}>
          <bdi>{fact}</bdi>
        </li>
      ))}
    </ul>
  );
}
