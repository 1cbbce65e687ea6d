import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { RateText } from "@/components/ui/rate";
import { RunAgain } from "@/components/ui/run-again";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { RecoverySettings } from "@/lib/recovery-cases/schema";
import type { RecoveryResult } from "@/lib/recovery-effect/schema";
import type { RunView } from "@/lib/runs/schema";
import type { Rate } from "@/lib/statistics/rate";
import { HoldoutForm } from "./holdout-form";

type Props = {
  workspace: string;
  found: { run: RunView; result: RecoveryResult } | null;
  nameOfCause: (cause: string) => string;
  settings: RecoverySettings;
  isMoving: boolean;
  mayRun: boolean;
  mayLead: boolean;
  zone: string;
};

type Line = { key: string; name: string; rate: Rate };

/** Points to one place; isolated, so that the sign stays in front in every language. */
const points = (share: number) => `\u2066${(Math.abs(share) < 0.0005 ? 0 : share * 100).toFixed(1)}\u2069`;

async function Rates({ label, head, lines }: { label: string; head: string; lines: readonly Line[] }) {
  const t = await getTranslations("recovery");
  if (lines.length === 0) return <p className="text-13 text-ink-3">{t("nothing")}</p>;
  return (
    <ScrollRegion label={label}>
      <table className="w-full max-w-180 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            <th scope="col" className="py-1 pe-3 text-start font-450">
              {head}
            </th>
            <th scope="col" className="py-1 text-start font-450">
              {t("recovered")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, rate }) => (
            <tr key={key} className="border-hairline border-b align-baseline">
              <th scope="row" className="py-1.5 pe-3 text-start font-450">
                {name}
              </th>
              <td className="py-1.5 sm:whitespace-nowrap">
                <RateText {...rate} noData={t("no_data")} needs={(count) => t("needs", { count })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The verdict on the plays in words, with why it is no more than that. */
async function Verdict({ comparison }: { comparison: RecoveryResult["comparison"] }) {
  const t = await getTranslations("recovery");
  const { play, holdout, effect, verdict } = comparison;
  const words = {
    ...{ play: play.n, holdout: holdout.n },
    points: points(Math.abs(effect?.difference ?? 0)),
    ...{ lo: points(effect?.lo ?? 0), hi: points(effect?.hi ?? 0) },
    nnt: effect?.numberNeeded?.toFixed(1) ?? "–",
  };
  return (
    <>
      <p className="pt-4 text-balance font-serif text-28 md:text-40">{t(`verdict.${verdict}`)}</p>
      <p className="max-w-[64em] text-14 text-ink-2">{t(`why.${verdict}`, words)}</p>
    </>
  );
}

async function Comparison({ comparison, zone }: { comparison: RecoveryResult["comparison"]; zone: string }) {
  const t = await getTranslations("recovery");
  const { play, holdout, effect, verdict, since } = comparison;
  const isTold = effect && verdict !== "no_holdout" && verdict !== "too_few";
  return (
    <section aria-labelledby="effect">
      <SectionHead id="effect" title={t("effect")} note={since ? undefined : t("effect_note_none")} />
      {since ? (
        <p className="pb-2 text-12 text-ink-3">
          {t.rich("effect_note", { since: () => <DateTime at={since} zone={zone} /> })}
        </p>
      ) : null}
      <Rates
        label={t("effect")}
        head={t("side")}
        lines={[
          { key: "play", name: t("play"), rate: play },
          { key: "holdout", name: t("holdout"), rate: holdout },
        ]}
      />
      {isTold ? (
        <p className="num pt-2 text-13 text-ink-2">
          {t("difference", {
            ...{ points: points(effect.difference), lo: points(effect.lo), hi: points(effect.hi) },
          })}
          {effect.z !== null && effect.p !== null ? (
            <bdi dir="ltr">
              {" "}
              · z {effect.z.toFixed(4)} · p {effect.p.toFixed(4)}
            </bdi>
          ) : null}
          {effect.numberNeeded !== null ? ` · ${t("needed", { nnt: effect.numberNeeded.toFixed(4) })}` : null}
        </p>
      ) : null}
    </section>
  );
}

/** Who came back on track, by what had happened and why, and whether the plays had to do with it. */
export async function RecoveryScreen(props: Props) {
  const { workspace, found, nameOfCause, settings, isMoving, mayRun, mayLead, zone } = props;
  const t = await getTranslations("recovery");
  const result = found?.result;
  return (
    <>
      <PageHead
        title={t("title")}
        above={result ? t("above", { days: result.windowDays, horizon: result.horizonDays }) : null}
      >
        {result ? <PrintButton label={t("print")} /> : null}
        {mayRun ? (
          <RunAgain
            workspace={workspace}
            kind="recovery-effect"
            isMoving={isMoving}
            words={{ again: t("again"), running: t("running") }}
          />
        ) : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        {found && result ? (
          <>
            <Verdict comparison={result.comparison} />
            <Comparison comparison={result.comparison} zone={zone} />
            <section aria-labelledby="triggers">
              <SectionHead
                id="triggers"
                title={t("triggers")}
                note={t("triggers_note", { immature: result.immature })}
              />
              <Rates
                label={t("triggers")}
                head={t("trigger")}
                lines={result.byTrigger.map(({ trigger, recovered }) => ({
                  ...{ key: trigger, rate: recovered },
                  name: t.has(`triggered.${trigger}` as never) ? t(`triggered.${trigger}` as never) : trigger,
                }))}
              />
            </section>
            <section aria-labelledby="causes">
              <SectionHead id="causes" title={t("causes")} note={t("causes_note")} />
              <Rates
                label={t("causes")}
                head={t("cause")}
                lines={result.byCause.map(({ cause, recovered }) => ({
                  ...{ key: cause, name: nameOfCause(cause), rate: recovered },
                }))}
              />
            </section>
          </>
        ) : (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        )}
        <section aria-labelledby="share" className="no-print">
          <SectionHead id="share" title={t("share")} note={t("share_now", { percent: settings.holdoutPercent })} />
          {mayLead ? <HoldoutForm key={settings.version} workspace={workspace} settings={settings} /> : null}
        </section>
        {found ? (
          <p className="max-w-[64em] pt-6 text-12 text-ink-3">
            {t.rich("rests", {
              asOf: () => <DateTime at={found.run.asOf} zone={zone} />,
              knownAt: () => <DateTime at={found.run.knownAt} zone={zone} />,
              id: () => <bdi className="num">{found.run.id}</bdi>,
              version: found.run.configVersion,
            })}
          </p>
        ) : null}
      </div>
    </>
  );
}
