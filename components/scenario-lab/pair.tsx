import { useTranslations } from "next-intl";
import { FigureFold, FigureList, FigureTable } from "@/components/ui/figure-table";
import { percent } from "@/components/ui/rate";
import { StatusMark } from "@/components/ui/status-mark";
import type { LabPair } from "@/lib/scenario-lab/report-schema";
import { interval, plain, signed, stratumText } from "./words";

/** One scenario against another: plainly and fairly side by side, in words when they disagree, with everything behind it. */
export function Pair({ pair }: { pair: LabPair }) {
  const t = useTranslations("lab");
  const scenario = useTranslations("scenarios");
  const { treated, control, crude, fair } = pair;
  const names = { treated: scenario(`name.${treated}`), control: scenario(`name.${control}`) };
  const id = `pair-${treated}${control}`;
  return (
    <article aria-labelledby={id} className="border-hairline border-t pt-3 pb-5">
      <h3 id={id} className="font-550 text-14">
        {t("against", names)}{" "}
        <span className="num font-normal text-12 text-ink-3">
          {t("counts", { treated: pair.n.treated, control: pair.n.control })}
        </span>
      </h3>
      {crude && fair ? (
        <>
          <dl className="flex flex-wrap gap-x-12 gap-y-2 pt-2">
            <Figure name={t("crude")} value={signed(crude.difference)} range={interval(crude)} />
            <Figure name={t("fair")} value={signed(fair.difference)} range={interval(fair)} isMain />
            {pair.weighted ? (
              <Figure
                name={t("weighted")}
                value={signed(pair.weighted.effect)}
                range={t("effective", {
                  treated: pair.weighted.effectiveTreated.toFixed(0),
                  control: pair.weighted.effectiveControl.toFixed(0),
                })}
              />
            ) : null}
          </dl>
          <p className="max-w-[64em] pt-2 text-pretty text-13">
            {pair.isTurned ? (
              <span className="block">
                <StatusMark state="waiting" /> {t("turned", names)}
              </span>
            ) : null}
            {pair.isClear
              ? t(fair.difference > 0 ? "clear_more" : "clear_less", names)
              : pair.needs === null
                ? t("unclear")
                : t("unclear_needs", { count: pair.needs })}
          </p>
          <Behind pair={pair} />
        </>
      ) : (
        <p className="pt-1 text-13 text-ink-2">{t(crude ? "nothing_alike" : "one_missing")}</p>
      )}
    </article>
  );
}

function Figure({ name, value, range, isMain }: { name: string; value: string; range: string; isMain?: boolean }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd>
        <bdi dir="ltr" className={isMain ? "num font-550 text-20" : "num text-20 text-ink-2"}>
          {value}
        </bdi>{" "}
        <bdi className="num text-12 text-ink-3">{range}</bdi>
      </dd>
    </div>
  );
}

function Behind({ pair }: { pair: LabPair }) {
  const t = useTranslations("lab");
  const of = ({ k, n }: { k: number; n: number }) => (n === 0 ? "–" : `${k}/${n} · ${percent(k / n)}`);
  const off = pair.balance.filter(({ isOff }) => isOff);
  const days = (["kickoffDays", "firstValueDays"] as const).map((name) => {
    const found = pair[name];
    return [t(name), found ? `${signed(found.difference, 1)} ${interval(found, 1)}` : t("no_data")] as const;
  });
  return (
    <>
      {off.length > 0 ? (
        <p className="max-w-[64em] pt-1 text-13 text-warn">
          {t("unbalanced", { names: off.map(({ name }) => t(`covariate.${name}`)).join(" · ") })}
        </p>
      ) : null}
      <FigureFold title={t("strata")}>
        <FigureTable
          head={t("stratum")}
          columns={[pair.treated, pair.control, t("difference")]}
          rows={pair.strata.map(({ segment, band, treated, control, difference }) => ({
            key: `${segment}${band}`,
            name: stratumText(t, segment, band),
            values: [of(treated), of(control), difference === null ? "–" : signed(difference)],
          }))}
        />
        <FigureTable
          head={t("balance")}
          columns={[t("known"), t("before"), t("after")]}
          rows={pair.balance.map(({ name, n, before, after, isOff }) => ({
            key: name,
            name: t(`covariate.${name}`),
            values: [n, before === null ? "–" : plain(before), after === null ? "–" : plain(after)],
            ...(isOff ? { bad: 2 } : {}),
          }))}
        />
        <FigureList figures={days} />
        <p className="max-w-[48em] pt-2 text-12 text-ink-3">{t("fair_note")}</p>
      </FigureFold>
    </>
  );
}
