import { getTranslations } from "next-intl/server";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { percent } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { SpeedRow, SpeedRows, SpeedStudy } from "@/lib/speed/schema";
import { CurveSection } from "./curve-section";
import { type Line, SpeedTable } from "./speed-table";
import { speedWords } from "./words";

type Behind = { input: SpeedRows; rows: readonly SpeedRow[]; total: number };
type Props = { workspace: string; study: SpeedStudy; behind: Behind | null; zone: string };

/** The leads behind a number, the newest first, with how long each waited for a person. */
async function SpeedBehind({
  workspace,
  behind: { input, rows, total },
  zone,
}: Omit<Props, "study" | "behind"> & { behind: Behind }) {
  const [t, words] = await Promise.all([getTranslations("speed"), speedWords()]);
  return (
    <BehindList
      title={t(`rows.${input.state}`)}
      note={t("rows.count", { count: total })}
      close={{ href: paths.speed(workspace), label: t("rows.close") }}
      shown={rows.length < total ? t("rows.shown", { count: rows.length, total }) : null}
    >
      {rows.map(({ journeyId, customerId, name, arrivedAt, minutes }) => (
        <BehindRow key={journeyId} href={paths.customer(workspace, customerId)} name={name}>
          <span className="text-ink-2">
            <DateTime at={arrivedAt} zone={zone} />
          </span>
          <span className="text-ink-2">
            {minutes === null ? t("rows.unanswered") : t("rows.answered", { minutes: words.number.format(minutes) })}
          </span>
        </BehindRow>
      ))}
    </BehindList>
  );
}

/** How fast leads are answered, by whom, from where and at which hour, and what went together with it. */
export async function SpeedScreen({ workspace, study, behind, zone }: Props) {
  const [t, words] = await Promise.all([getTranslations("speed"), speedWords()]);
  const { speed, byHour, curve } = study;
  const { met } = speed.overall;
  const groups: readonly { key: "origin" | "hour" | "osc"; lines: Line[] }[] = [
    {
      key: "origin",
      lines: speed.byOrigin.map((line) => {
        const query = `origin=${encodeURIComponent(line.origin)}`;
        return { key: line.origin, name: words.origin(line.origin), query, line };
      }),
    },
    {
      key: "hour",
      lines: byHour.map((line) => ({
        ...{ key: String(line.hour), name: words.hour(line.hour), query: `hour=${line.hour}`, line },
      })),
    },
    {
      key: "osc",
      lines: speed.byOsc.map((line) => ({
        ...{ key: line.memberId, name: line.name, query: `osc=${line.memberId}`, line },
      })),
    },
  ];
  return (
    <>
      <PageHead title={t("title")} above={t("above", { leads: speed.leads })}>
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        {speed.leads === 0 && curve.judged + curve.immature === 0 ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : (
          <>
            <p className="pt-4 text-balance font-serif text-28 md:text-40">
              {met.rate === null
                ? t("verdict_none")
                : speed.overall.needsMore > 0
                  ? t("verdict_few", { count: met.n })
                  : t("verdict", { share: percent(met.rate), minutes: speed.slaMinutes })}
            </p>
            <p className="max-w-[64em] text-14 text-ink-2">{t("honest")}</p>
            {behind ? <SpeedBehind workspace={workspace} behind={behind} zone={zone} /> : null}
            {groups.map(({ key, lines }) => (
              <section key={key} aria-labelledby={key}>
                <SectionHead id={key} title={t(`by.${key}`)} note={t(`by_note.${key}`)} />
                <SpeedTable workspace={workspace} label={t(`by.${key}`)} head={t(`col.${key}`)} lines={lines} />
              </section>
            ))}
            <CurveSection workspace={workspace} curve={curve} />
          </>
        )}
      </div>
    </>
  );
}
