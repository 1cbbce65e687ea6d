import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/date-time";
import { FigureList } from "@/components/ui/figure-table";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { percent, RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import { usualLapses } from "@/lib/lapses/schema";
import type { LeakView } from "@/lib/leaks/schema";
import { paths } from "@/lib/paths";
import { LeakActions } from "./leak-actions";
import { LeakCustomers } from "./leak-customers";
import { type LeakPlaces, leakMarks, partsOf, people, roundMoney, share } from "./words";

type Props = {
  workspace: string;
  leak: LeakView;
  people: readonly { id: string; name: string }[];
  zone: string;
  /** What can be done for everybody behind it at once. */
  together: ReactNode;
  nameOf: (kind: LeakView["associated"][number]["kind"], key: string) => string;
  placeOf: LeakPlaces;
};

/** How large the leak is by the figure and by the careful one, in people and in money (DOMAIN F18). */
async function Size({ leak: { measure, finding, currency } }: Pick<Props, "leak">) {
  const [t, locale] = await Promise.all([getTranslations("leaks.one"), getLocale()]);
  const { size, adjusted, winRate, valueMinor, valueAtLeastMinor } = finding;
  const beyond = t(measure === "dropped" ? "losses" : "lapsed_beyond");
  const money = (minor: number) => roundMoney(minor, currency, locale);
  const figures: [string, string][] = [
    ...(size
      ? ([
          [t("excess"), `${percent(size.excess)} (${percent(size.lo)} – ${percent(size.hi)})`],
          [beyond, people(size.losses)],
          [t("losses_least"), people(size.lossesAtLeast)],
        ] as [string, string][])
      : []),
    ...(valueMinor === null ? [] : ([[t("value"), money(valueMinor)]] as [string, string][])),
    ...(valueAtLeastMinor === null ? [] : ([[t("value_least"), money(valueAtLeastMinor)]] as [string, string][])),
    ...(winRate.rate === null
      ? []
      : ([[t("win_rate"), `${percent(winRate.rate)} ${winRate.k}/${winRate.n}`]] as [string, string][])),
    ...(adjusted === null
      ? []
      : ([[t("p"), adjusted < 0.0001 ? "< 0.0001" : adjusted.toFixed(4)]] as [string, string][])),
  ];
  return (
    <section aria-labelledby="size">
      <SectionHead id="size" title={t("size")} />
      <FigureList figures={figures} />
    </section>
  );
}

/** What the drops are associated with, and never what caused them (DOMAIN F19b). */
async function Associated({ leak, nameOf }: Pick<Props, "leak" | "nameOf">) {
  const t = await getTranslations("leaks.one");
  if (leak.associated.length === 0) return null;
  return (
    <section aria-labelledby="associated">
      <SectionHead id="associated" title={t("associated")} note={t("associated_note")} />
      <ul className="max-w-[46em] text-13">
        {leak.associated.map(({ kind, key, drops }) => (
          <li key={`${kind}:${key}`} className="flex justify-between gap-4 border-hairline border-t py-1.5">
            <span>
              <span className="text-ink-3">{t(`kind.${kind}`)}</span> <bdi>{nameOf(kind, key)}</bdi>
            </span>
            <span className="num">{t("drops", { count: people(drops), total: leak.customersTotal })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether it held: who entered since the mending began, beside those of then (DOMAIN F13). */
async function NextCohort({ leak: { next, horizonDays, measure } }: Pick<Props, "leak">) {
  const [t, all] = await Promise.all([getTranslations("leaks.one"), getTranslations("leaks")]);
  if (!next) return null;
  const isLapse = measure !== "dropped";
  const { dropped, immature, improvement } = next;
  return (
    <section aria-labelledby="next">
      <SectionHead id="next" title={t(isLapse ? "since" : "next")} />
      <p className="max-w-[64em] text-13">
        <RateText {...dropped} noData={all("no_data")} needs={(count) => all("needs", { count })} />
      </p>
      <p className="max-w-[64em] text-13 text-ink-2">
        {improvement
          ? t(isLapse ? "since_diff" : "next_diff", {
              difference: share(improvement.difference),
              lo: share(improvement.lo),
              hi: share(improvement.hi),
            })
          : t("next_wait", { immature, days: horizonDays })}
      </p>
    </section>
  );
}

/** One leak: the mix before any name, both figures, who they are, whether mending held, and who decides. */
export async function LeakScreen({ workspace, leak, people: members, zone, together, nameOf, placeOf }: Props) {
  const [t, lapses] = await Promise.all([getTranslations("leaks"), getTranslations("lapses")]);
  const { where, group } = placeOf(leak);
  const { measure, finding } = leak;
  const { mix, drops, reference } = finding;
  const figures = { dropped: drops.k, n: drops.n, group, where, reference: share(reference.rate) };
  const first = mix ? t("one.rate_first", { ...partsOf(mix), by: t(`by.${mix.by}`) }) : t("one.no_mix");
  const happened = [
    ["found", leak.foundAt],
    ["confirmed", leak.confirmedAt],
    ["fixing", leak.fixingSince],
    ["ended", leak.endedAt],
  ] as const;
  return (
    <>
      <PageHead
        title={measure === "dropped" ? where : t("place", { stage: where, group })}
        above={
          <Link href={paths.leaks(workspace)} className="underline underline-offset-2">
            {t("one.back")}
          </Link>
        }
        statement={measure === "dropped" ? first : lapses(`means.${measure}`, { days: usualLapses.windowDays })}
      >
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        <p className="pt-4 text-balance font-serif text-20">
          {measure === "dropped" ? t("one.statement", figures) : t(`one.lapsed.${measure}`, figures)}
        </p>
        <p className="text-13">
          <StatusMark state={leakMarks[leak.state]} /> {t(`state.${leak.state}`)}
          {leak.note ? (
            <span className="text-ink-2">
              {" · "}
              <bdi>{leak.note === "not_found_again" ? t("one.not_found_again") : leak.note}</bdi>
            </span>
          ) : null}
        </p>
        <ul className="flex flex-wrap gap-x-5 text-12 text-ink-3">
          {happened.map(([what, at]) =>
            at ? (
              <li key={what}>
                {t(`one.${what}`)} <DateTime at={at} shape="date" zone={zone} />
              </li>
            ) : null,
          )}
        </ul>
        <LeakActions key={leak.version} workspace={workspace} leak={leak} people={members} />
        <NextCohort leak={leak} />
        <Size leak={leak} />
        <Associated leak={leak} nameOf={nameOf} />
        <LeakCustomers workspace={workspace} leak={leak} zone={zone} together={together} />
      </div>
    </>
  );
}
