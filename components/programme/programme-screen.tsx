import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { RateText } from "@/components/ui/rate";
import { RunAgain } from "@/components/ui/run-again";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { OscProgrammeResult } from "@/lib/osc-programme/kind";
import type { getProgramme } from "@/lib/osc-programme/queries";
import type { ProgrammeGroup } from "@/lib/osc-programme/schema";
import { paths } from "@/lib/paths";
import { MonthSection } from "./month-section";
import { type Behind, ProgrammeRows } from "./programme-rows";
import { StepsTable } from "./steps-table";

type Programme = Awaited<ReturnType<typeof getProgramme>>;
type Props = Programme & { workspace: string; behind: Behind | null; hasOthers: boolean; zone: string };
type HrefOf = (group: ProgrammeGroup, osc?: string) => string;

/** So few leads say nothing about a programme. */
const enoughLeads = 20;

async function Statement({ result }: { result: OscProgrammeResult }) {
  const t = await getTranslations("programme");
  const { counts, immature } = result.cohort;
  const inHundred = (count: number) => Math.round((100 * count) / counts.leads);
  return (
    <>
      <p className="pt-4 text-balance font-serif text-20 md:text-28">
        {counts.leads < enoughLeads
          ? t("statement_thin", { count: counts.leads })
          : t("statement", {
              set: inHundred(counts.set),
              kept: inHundred(counts.kept),
              sales: inHundred(counts.sales),
            })}
      </p>
      <p className="max-w-[64em] text-13 text-ink-2">
        {t("cohort", { window: result.windowDays, horizon: result.horizonDays, immature })}
      </p>
    </>
  );
}

/** Each consultant's appointments, kept and sold, beside each other and in no order of merit. */
async function ByOsc({
  result,
  names,
  hrefOf,
}: {
  result: OscProgrammeResult;
  names: Programme["names"];
  hrefOf: HrefOf;
}) {
  const t = await getTranslations("programme");
  const words = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
  const rows = result.byOsc
    .map((each) => ({ ...each, name: each.memberId ? (names[each.memberId] ?? t("former")) : t("machine") }))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="by-osc">
      <SectionHead id="by-osc" title={t("by_osc")} note={t("by_osc_note")} />
      <ScrollRegion label={t("by_osc")}>
        <table className="w-full max-w-280 min-w-160 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              {(
                [
                  ["osc", t("osc")],
                  ["set", t("set")],
                  ["kept", t("step.setToKept")],
                  ["kept_plot", ""],
                  ["sales", t("step.keptToSale")],
                  ["sales_plot", ""],
                ] as const
              ).map(([key, name]) => (
                <th key={key} scope="col" className="py-1 pe-4 text-start font-450">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ memberId, name, set, kept, sales }) => (
              <tr key={memberId} className="border-hairline border-b align-baseline">
                <th scope="row" className="py-1.5 pe-4 text-start font-450">
                  <bdi>{name}</bdi>
                </th>
                <td className="num py-1.5 pe-4">
                  <Link
                    href={hrefOf("set", memberId) as never}
                    prefetch={false}
                    className="underline decoration-hairline-strong underline-offset-2"
                  >
                    {set}
                  </Link>
                </td>
                {[kept, sales].map((rate, place) => (
                  <FragmentOfRate key={place === 0 ? "kept" : "sales"} rate={rate} words={words} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

type RateWords = { noData: string; needs: (count: number) => string };

function FragmentOfRate({ rate, words }: { rate: OscProgrammeResult["agedAppointments"]; words: RateWords }) {
  return (
    <>
      <td className="py-1.5 pe-4">
        <RateText {...rate} {...words} />
      </td>
      <td className="py-1.5 pe-4">
        <IntervalPlot rate={rate} />
      </td>
    </>
  );
}

/** Who came or bought without an appointment: what the programme never had in its hands. */
async function Without({ result, hrefOf }: { result: OscProgrammeResult; hrefOf: HrefOf }) {
  const t = await getTranslations("programme");
  const link = "underline decoration-hairline-strong underline-offset-2";
  return (
    <section aria-labelledby="without">
      <SectionHead id="without" title={t("without")} note={t("without_note")} />
      <dl className="grid gap-1 text-13">
        <div className="flex flex-wrap gap-x-3">
          <dt className="min-w-60 text-ink-2">{t("visited_without")}</dt>
          <dd>
            <Link href={hrefOf("visited_without") as never} prefetch={false} className={link}>
              <RateText
                {...result.visitedWithoutAppointment}
                noData={t("no_data")}
                needs={(count) => t("needs", { count })}
              />
            </Link>
          </dd>
        </div>
        <div className="flex flex-wrap gap-x-3">
          <dt className="min-w-60 text-ink-2">{t("won_without")}</dt>
          <dd className="num">
            <Link href={hrefOf("won_without") as never} prefetch={false} className={link}>
              {result.wonWithoutAppointment}
            </Link>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** How the OSC programme does: its shares, the month's goal, who set what, and whom it never met. */
export async function ProgrammeScreen(props: Props) {
  const { workspace, run, result, month, names, behind, hasOthers, isMoving, mayRun, maySet, zone } = props;
  const t = await getTranslations("programme");
  const hrefOf: HrefOf = (group, osc) =>
    paths.programme(workspace, new URLSearchParams({ run: run?.id ?? "", group, ...(osc ? { osc } : {}) }).toString());
  return (
    <Messages namespaces={["programme"]}>
      <PageHead title={t("title")}>
        <LinkButton href={paths.overview(workspace)}>{t("overview")}</LinkButton>
        <LinkButton href={paths.speed(workspace)}>{t("speed")}</LinkButton>
        {run ? <PrintButton label={t("print")} /> : null}
        {mayRun ? (
          <RunAgain
            workspace={workspace}
            kind="osc-programme"
            isMoving={isMoving}
            words={{ again: t("again"), running: t("running") }}
          />
        ) : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-7">
        {result && run ? (
          <>
            <Statement result={result} />
            {behind ? <ProgrammeRows workspace={workspace} behind={behind} zone={zone} /> : null}
            <section aria-labelledby="steps">
              <SectionHead id="steps" title={t("steps")} note={t("steps_note")}>
                <Link
                  href={paths.programme(workspace, hasOthers ? "others=off" : "")}
                  className="no-print text-12 text-ink-2 underline underline-offset-2"
                >
                  {t(hasOthers ? "hide_others" : "show_others")}
                </Link>
              </SectionHead>
              <StepsTable result={result} hasOthers={hasOthers} hrefOf={hrefOf} />
              {hasOthers ? (
                <p className="max-w-[64em] pt-1 text-12 text-ink-3">
                  {t("others")}: {t("others_note")}
                </p>
              ) : null}
            </section>
          </>
        ) : (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        )}
        <MonthSection workspace={workspace} month={month} maySet={maySet} />
        {result ? <ByOsc result={result} names={names} hrefOf={hrefOf} /> : null}
        {result ? <Without result={result} hrefOf={hrefOf} /> : null}
        {run ? (
          <p className="max-w-[64em] pt-4 text-12 text-ink-3">
            {t.rich("rests", {
              asOf: () => <DateTime at={run.asOf} zone={zone} />,
              knownAt: () => <DateTime at={run.knownAt} zone={zone} />,
              id: () => <bdi className="num">{run.id}</bdi>,
              version: run.configVersion,
              seed: run.seed,
            })}
          </p>
        ) : null}
      </div>
    </Messages>
  );
}
