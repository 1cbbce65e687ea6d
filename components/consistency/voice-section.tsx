import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { VoiceReport } from "@/lib/consistency/schema";
import { paths } from "@/lib/paths";
import type { Rate } from "@/lib/statistics/rate";
import { figureOf, percentOf } from "./words";

/** What customers said in the usual measures, each with how many said it. */
export async function VoiceSection({ workspace, voice }: { workspace: string; voice: VoiceReport }) {
  const t = await getTranslations("experience");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const needs = (count: number) => common("needs_more", { count });
  const rate = (value: Rate) => (
    <>
      <RateText {...value} noData={common("no_data")} needs={needs} />
      {value.rate === null ? null : <span className="num ms-2 text-12 text-ink-3">{figureOf(value.rate)}</span>}
    </>
  );
  const number = new Intl.NumberFormat(locale, { signDisplay: "exceptZero", maximumFractionDigits: 1 });
  const { nps, ces, classes, relationship } = voice;
  const promoters = (found: VoiceReport["nps"]) =>
    found === null ? (
      common("no_data")
    ) : (
      <bdi className="num" dir="ltr">
        {number.format(found.score)}{" "}
        <span className="text-12 text-ink-3">
          n {found.n} · {figureOf(found.lo)} – {figureOf(found.hi)} · ± {figureOf(found.standardError)}
        </span>
      </bdi>
    );
  const lines = [
    { key: "positive", value: rate(voice.positive) },
    { key: "strict", value: rate(voice.strict) },
    { key: "met", value: rate(voice.metOrExceeded) },
    {
      key: "mean",
      value:
        voice.meanDisconfirmation === null ? (
          common("no_data")
        ) : (
          <bdi className="num" dir="ltr">
            {figureOf(voice.meanDisconfirmation)}
          </bdi>
        ),
    },
    { key: "csat", value: rate(voice.csat) },
    {
      key: "ces",
      value:
        ces.mean === null ? (
          common("no_data")
        ) : (
          <span className="num">
            {ces.mean.toFixed(4)} · {rate(ces.easy)}
          </span>
        ),
    },
    { key: "nps", value: promoters(nps) },
    ...(relationship
      ? [
          {
            key: "relationship",
            value: (
              <>
                {promoters(relationship.nps)}{" "}
                <Link
                  href={paths.relationship(workspace)}
                  prefetch={false}
                  className="no-print text-12 underline underline-offset-2"
                >
                  {t("relationship.open")}
                </Link>
                <RelationshipCoverage {...relationship.coverage} />
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <section aria-labelledby="voice">
      <SectionHead id="voice" title={t("voice")} note={t("voice_note", classes)} />
      <dl className="grid grid-cols-[minmax(0,14rem)_1fr] gap-x-6 text-13">
        {lines.map(({ key, value }) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid border-hairline border-t py-1.5">
            <dt className="text-ink-2">{t(`measure.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How many of those who were asked about the relationship answered; said loudly when they are few. */
async function RelationshipCoverage({ response, isLow }: NonNullable<VoiceReport["relationship"]>["coverage"]) {
  const t = await getTranslations("experience");
  if (response.rate === null) return <p className="text-12 text-ink-2">{t("relationship.none")}</p>;
  const words = t("relationship.coverage", { share: percentOf(response.rate), k: response.k, n: response.n });
  if (!isLow) return <p className="text-12 text-ink-2">{words}</p>;
  return (
    <p role="note" className="mt-1 w-fit rounded-lg border border-warn bg-warn-quiet px-2.5 py-1 text-12">
      <b className="font-550">{t("relationship.low")}</b> {words}
    </p>
  );
}
