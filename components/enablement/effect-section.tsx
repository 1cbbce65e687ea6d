import { getLocale, getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";
import type { EnablementBoard, ItemEffect, ItemView } from "@/lib/enablement/schema";
import type { EnablementEffect } from "@/lib/experience/enablement-effect";
import { MeasureButton } from "./measure-button";

type Props = { workspace: string; board: EnablementBoard; canMeasure: boolean; isMeasuring: boolean };

const marks: Record<string, MarkState> = {
  proven: "good",
  proven_worse: "overdue",
  not_proven: "waiting",
  cannot_estimate: "idle",
};

const verdictOf = (effect: EnablementEffect) => (effect.status === "estimated" ? effect.verdict : "cannot_estimate");

/** Whether each item worked: the verdict with its reason, the four cells, every figure. */
export async function EffectSection({ workspace, board, canMeasure, isMeasuring }: Props) {
  const t = await getTranslations("enablement");
  const { effects, items } = board;
  const shown = (effects?.items ?? []).flatMap((found) => {
    const item = items.find(({ id }) => id === found.itemId);
    return item ? [{ item, found }] : [];
  });
  return (
    <section aria-labelledby="effect">
      <SectionHead id="effect" title={t("effect")} note={t("effect_note")}>
        {canMeasure ? <MeasureButton workspace={workspace} type={board.type} isMeasuring={isMeasuring} /> : null}
      </SectionHead>
      {shown.length === 0 ? <p className="max-w-[46em] text-13 text-ink-2">{t("effect_empty")}</p> : null}
      {shown.map(({ item, found }) => (
        <Effect key={item.id} item={item} found={found} />
      ))}
      {effects && shown.length > 0 ? (
        <p className="pt-2 text-12 text-ink-3">
          {t.rich("effect_run", {
            at: () => <DateTime at={effects.asOf} />,
            id: () => (
              <bdi dir="ltr" className="num">
                {effects.runId.slice(0, 8)}
              </bdi>
            ),
          })}
        </p>
      ) : null}
    </section>
  );
}

async function Effect({ item, found }: { item: ItemView; found: ItemEffect }) {
  const t = await getTranslations("enablement");
  const isHebrew = (await getLocale()) === "he";
  const { effect } = found;
  const verdict = verdictOf(effect);
  const isEstimated = effect.status === "estimated";
  const isWorse = isEstimated && effect.verdict === "proven_worse";
  const reason = `${effect.reason}${isWorse ? "_worse" : ""}`;
  return (
    <article className="grid gap-x-8 gap-y-2 border-hairline border-t py-3 lg:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <h3 className="text-13">
          <bdi className="font-550">{(isHebrew && item.nameHe) || item.name}</bdi>{" "}
          <span className="text-12 text-ink-3">{t(`kinds.${item.kind}`)}</span>
        </h3>
        <p className="mt-1 font-serif text-20">
          <StatusMark state={marks[verdict] ?? "idle"} /> {t(`verdict.${verdict}`)}
        </p>
        <p className="max-w-[46em] text-14 text-ink-2">
          {t(`why.${reason}`, {
            points: isEstimated ? Math.abs(effect.effect * 100).toFixed(1) : "",
            needed: isEstimated ? (effect.ratingsNeeded ?? t("needed_none")) : "",
            fewest: effect.status === "cannot_estimate" ? effect.fewestRatings : 0,
          })}
        </p>
        {isEstimated ? <Figures effect={effect} /> : null}
      </div>
      <Cells found={found} />
    </article>
  );
}

async function Cells({ found }: { found: ItemEffect }) {
  const t = await getTranslations("enablement");
  const common = await getTranslations("common");
  const needs = (count: number) => common("needs_more", { count });
  return (
    <ScrollRegion label={t("group")}>
      <table className="border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            <th scope="col" className="py-1 pe-4 text-start font-450">
              {t("group")}
            </th>
            <th scope="col" className="py-1 pe-4 text-start font-450">
              {t("before")}
            </th>
            <th scope="col" className="py-1 text-start font-450">
              {t("after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {(["enabled", "others"] as const).map((group) => (
            <tr key={group} className="border-hairline border-b">
              <th scope="row" className="py-1.5 pe-4 text-start font-450">
                {t(group)}
                <span className="block text-12 text-ink-3">{t("people", { count: found[group].people })}</span>
              </th>
              {([found[group].before, found[group].after] as const).map((rate, place) => (
                <td key={place === 0 ? "before" : "after"} className="py-1.5 pe-4">
                  <RateText {...rate} noData={common("no_data")} needs={needs} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

async function Figures({ effect }: { effect: Extract<EnablementEffect, { status: "estimated" }> }) {
  const t = await getTranslations("enablement");
  const numbers = ["effect", "standardError", "lo", "hi", "z", "p"] as const;
  return (
    <details className="pt-1">
      <summary className="cursor-pointer py-1 text-12 text-ink-3">{t("figures")}</summary>
      <dl className="grid max-w-80 grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-12">
        {numbers.map((name) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-2">{t(`figure.${name}`)}</dt>
            <dd className="num text-end">
              <bdi dir="ltr">{effect[name].toFixed(4)}</bdi>
            </dd>
          </div>
        ))}
        <dt className="text-ink-2">{t("figure.errorBetween")}</dt>
        <dd className="text-end">{t(`between.${effect.errorBetween}`)}</dd>
        {effect.ratingsNeeded === null ? null : (
          <>
            <dt className="text-ink-2">{t("figure.ratingsNeeded")}</dt>
            <dd className="num text-end">{effect.ratingsNeeded}</dd>
          </>
        )}
      </dl>
    </details>
  );
}
