import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { percent } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { Rate } from "@/lib/statistics/rate";
import type { Quote, ThemeLine, ThemesReport } from "@/lib/themes/schema";
import { ShareBar } from "./share-bar";
import { definedIn, namedIn } from "./words";

type Props = { report: ThemesReport; rowsAt: (filter: Record<string, string>) => string };

/** Whether a theme's comments are negative more often than all, beyond what its interval leaves open. */
export function isTelling({ negative, negativeOfAll }: ThemeLine): boolean {
  return negative.n >= 20 && negative.lo !== null && negativeOfAll.rate !== null && negative.lo > negativeOfAll.rate;
}

/** What they speak of: how often, how often ill, how many times likelier than elsewhere, and in their own words. */
export async function ThemesTable({ report, rowsAt }: Props) {
  const t = await getTranslations("themes");
  const spoken = report.themes.filter(({ prevalence }) => prevalence.k > 0);
  const silent = report.themes.filter(({ prevalence }) => prevalence.k === 0);
  const base = report.themes[0]?.negativeOfAll.rate ?? null;
  const locale = await getLocale();
  return (
    <section aria-labelledby="spoken">
      <SectionHead
        id="spoken"
        title={t("spoken")}
        note={base === null ? undefined : t("spoken_note", { base: percent(base) })}
      />
      <ScrollRegion label={t("spoken")}>
        <table className="w-full border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-start text-12 text-ink-3">
              {(["theme", "prevalence", "negative", "lift", "quotes"] as const).map((column) => (
                <th key={column} scope="col" className="py-1.5 pe-5 text-start font-450">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spoken.map((line) => (
              <Line
                key={line.themeId}
                line={{ ...line, definition: definedIn(locale, line.definition) }}
                name={namedIn(locale, line)}
                rowsAt={rowsAt}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {silent.length > 0 ? (
        <p className="pt-2 text-12 text-ink-3">
          {t("silent", { names: silent.map((line) => namedIn(locale, line)).join(", ") })}
        </p>
      ) : null}
    </section>
  );
}

type LineProps = { line: ThemeLine; name: string; rowsAt: Props["rowsAt"] };

async function Line({ line, name, rowsAt }: LineProps) {
  const t = await getTranslations("themes");
  const { themeId, prevalence, negative, negativeOfAll, lift, quotes, definition } = line;
  const telling = isTelling(line);
  return (
    <tr className="border-hairline border-b align-top">
      <th scope="row" className="max-w-52 py-2.5 pe-5 text-start font-550 text-14">
        {name}
        {definition ? <bdi className="block font-normal text-12 text-ink-3">{definition}</bdi> : null}
      </th>
      <td className="py-2.5 pe-5">
        <Share rate={prevalence} href={rowsAt({ theme: themeId })} label={t("rows_of", { name })} />
      </td>
      <td className="py-2.5 pe-5">
        <Share
          rate={negative}
          href={rowsAt({ theme: themeId, class: "negative" })}
          label={t("negative_rows_of", { name })}
        >
          <ShareBar rate={negative} base={negativeOfAll.rate} isTelling={telling} />
        </Share>
        {negative.n < 20 ? (
          <span className="block text-12 text-ink-3">{t("needs", { count: 20 - negative.n })}</span>
        ) : null}
      </td>
      <td className="num py-2.5 pe-5">
        {lift === null ? null : (
          <bdi dir="ltr" className={negative.n < 20 ? "text-ink-3" : telling ? "font-550 text-bad" : undefined}>
            {lift.toFixed(2)}×
          </bdi>
        )}
        {telling ? <span className="block text-12 text-bad">{t("telling")}</span> : null}
      </td>
      <td className="min-w-64 py-2.5">
        {quotes.map((quote) => (
          <QuoteLine key={quote.responseId} quote={quote} />
        ))}
      </td>
    </tr>
  );
}

function QuoteLine({ quote: { text, language } }: { quote: Quote }) {
  return (
    <q dir="auto" lang={language ?? undefined} className="said line-clamp-3 block pb-1 text-13">
      {text}
    </q>
  );
}

type ShareProps = { rate: Rate; href: string; label: string; children?: React.ReactNode };

function Share({ rate, href, label, children }: ShareProps) {
  if (rate.rate === null) return null;
  return (
    <Link href={href as never} prefetch={false} className="group inline-block min-h-6">
      <span className="sr-only">{label}: </span>
      {children}
      <bdi className={`num block whitespace-nowrap ${rate.n < 20 ? "text-ink-3" : ""}`}>
        <span className="underline decoration-hairline-strong underline-offset-2 group-hover:decoration-current">
          {percent(rate.rate)} {rate.k}/{rate.n}
        </span>
        <span className="block text-12 text-ink-3">
          {percent(rate.lo)}–{percent(rate.hi)}
        </span>
      </bdi>
    </Link>
  );
}
