import Link from "next/link";
import { useTranslations } from "next-intl";
import type { HandoffView } from "@/lib/handoffs/schema";
import { paths } from "@/lib/paths";

type Props = { workspace: string; handoff: HandoffView };

/** Which scenario a handoff follows, whether the policy said so, and the way to the advice on its deal. */
export function ScenarioLine({ workspace, handoff }: Props) {
  const t = useTranslations("handoffs");
  const { type, scenario, given, policyAnswer, policyNumber, overrideReason, journeyId } = handoff;
  if (type !== "sales_to_cs") return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-13">
      <b className="font-550">{scenario ? t("scenario_name", { scenario }) : t("scenario_open")}</b>
      {given && scenario ? (
        <span className="text-ink-2">{t(given === scenario ? "as_drawn" : "crossed", { scenario: given })}</span>
      ) : policyAnswer && policyNumber !== null ? (
        <span className="text-ink-2">
          {overrideReason
            ? t("overridden", { scenario: policyAnswer, number: policyNumber })
            : t("by_policy", { number: policyNumber })}
        </span>
      ) : null}
      {overrideReason ? <q dir="auto">{overrideReason}</q> : null}
      <Link
        href={paths.scenarios(workspace, `journey=${journeyId}`) as never}
        prefetch={false}
        className="no-print text-12 underline decoration-hairline-strong underline-offset-2"
      >
        {t("to_advice")}
      </Link>
    </p>
  );
}

/** What the receiver has free against what it takes, when that is too little, and why it goes there nevertheless. */
export function ShortageLine({ handoff: { shortage, capacityReason } }: { handoff: HandoffView }) {
  const t = useTranslations("handoffs");
  const hours = (minutes: number) => Math.round(minutes / 6) / 10;
  return (
    <>
      {shortage?.isShort ? (
        <p className="border-warn border-s-2 ps-3 text-13">
          {t("short", { free: hours(shortage.free), needed: hours(shortage.needed) })}
        </p>
      ) : null}
      {capacityReason ? (
        <p className="text-13 text-ink-2">
          {t("short_because")} <q dir="auto">{capacityReason}</q>
        </p>
      ) : null}
    </>
  );
}
