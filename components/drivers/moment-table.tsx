import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { DriversReport, MomentLine } from "@/lib/drivers/schema";
import type { Rate } from "@/lib/statistics/rate";
import { ShareBar } from "./share-bar";
import { nameIn, percentOf, worthOf } from "./words";

type Props = {
  report: DriversReport;
  nameOfType: (type: string) => string;
  rowsAt: (filter: Record<string, string>) => string;
};

/** Every moment in the order of what mending it is worth: what it weighs, how it stands, who answers for it. */
export async function MomentTable({ report, nameOfType, rowsAt }: Props) {
  const t = await getTranslations("drivers");
  const members = await getTranslations("members");
  const locale = await getLocale();
  const columns = ["moment", "weight", "positive", "done", "volume", "worth"] as const;
  return (
    <section aria-labelledby="moments">
      <SectionHead
        id="moments"
        title={t("moments")}
        note={t(report.type === null ? "moments_across" : "moments_note", { target: percentOf(report.target) })}
      />
      <ScrollRegion label={t("moments")} className="relative">
        <table className="w-full min-w-180 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              {columns.map((column) => (
                <th key={column} scope="col" className="py-1.5 pe-4 text-start font-450">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.moments.map((line) => (
              <Row
                key={`${line.type} ${line.momentId}`}
                line={line}
                name={nameIn(locale, line)}
                owner={line.responsibleName ?? (line.responsibleRole ? members(`roles.${line.responsibleRole}`) : null)}
                type={report.type === null ? nameOfType(line.type) : null}
                rowsAt={(filter) => rowsAt({ type: line.type, momentId: line.momentId, ...filter })}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

type RowProps = {
  line: MomentLine;
  name: string;
  owner: string | null;
  type: string | null;
  rowsAt: (filter: Record<string, string>) => string;
};

async function Row({ line, name, owner, type, rowsAt }: RowProps) {
  const t = await getTranslations("drivers");
  const { share, interval, beta, leftOut, priority, isChance } = line;
  const place = (priority ?? 0) > 0 ? line.place : null;
  return (
    <tr className="border-hairline border-b align-top">
      <th scope="row" className="py-2 pe-4 text-start font-450">
        <span className="num inline-block min-w-6 text-12 text-ink-3">{place === null ? "" : `${place}.`}</span>
        <span className={place === 1 ? "font-550 text-14" : "text-14"}>{name}</span>
        <span className="block ps-6 text-12 text-ink-3">
          {[type, owner ?? t("owner_none")].filter(Boolean).join(" · ")}
        </span>
      </th>
      <td className="py-2 pe-4">
        {share === null ? (
          <span className="text-12 text-ink-3">{leftOut ? t(`left_out.${leftOut}`) : t("no_weight")}</span>
        ) : (
          <>
            <ShareBar share={share} interval={interval} isWeak={isChance || (beta ?? 0) < 0} />
            <span className="num block text-12 text-ink-2">
              <bdi dir="ltr">{percentOf(share)}</bdi>{" "}
              <span className="text-ink-3">
                {interval ? (
                  <bdi dir="ltr">{`${percentOf(interval.lo)}–${percentOf(interval.hi)}`}</bdi>
                ) : (
                  t("no_interval")
                )}
              </span>
            </span>
            {isChance ? <span className="block text-12 text-ink-3">{t("chance")}</span> : null}
            {!isChance && (beta ?? 0) < 0 ? <span className="block text-12 text-ink-3">{t("against")}</span> : null}
          </>
        )}
      </td>
      <td className="py-2 pe-4">
        <Share
          rate={line.positive}
          href={rowsAt({ rated: "any" })}
          needs={(count) => t("needs", { count })}
          none={t("none")}
        />
        {line.shrunken === null ? null : (
          <span className="num block text-12 text-ink-3">{t("pulled", { share: percentOf(line.shrunken) })}</span>
        )}
      </td>
      <td className="py-2 pe-4">
        <Share
          rate={line.done}
          href={rowsAt({ state: "done" })}
          needs={(count) => t("needs", { count })}
          none={t("none")}
        />
      </td>
      <td className="num py-2 pe-4">
        <RowsLink href={rowsAt({})}>{line.volume}</RowsLink>
      </td>
      <td className="num py-2 whitespace-nowrap">
        {priority === null ? <span className="text-12 text-ink-3">{t("not_ranked")}</span> : worthOf(priority)}
      </td>
    </tr>
  );
}

function RowsLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href as never}
      prefetch={false}
      className="underline decoration-hairline-strong underline-offset-2 hover:decoration-current"
    >
      {children}
    </Link>
  );
}

type ShareProps = { rate: Rate; href: string; needs: (count: number) => string; none: string };

function Share({ rate: { rate, k, n, lo, hi }, href, needs, none }: ShareProps) {
  if (rate === null) return <span className="text-12 text-ink-3">{none}</span>;
  return (
    <span className={n < 20 ? "text-ink-3" : undefined}>
      <RowsLink href={href}>
        <bdi className="num">
          {percentOf(rate)} {k}/{n}
        </bdi>
      </RowsLink>
      <span className="num block text-12 text-ink-3">
        <bdi dir="ltr">{`${percentOf(lo)}–${percentOf(hi)}`}</bdi>
      </span>
      {n < 20 ? <span className="block text-12 text-ink-3">{needs(20 - n)}</span> : null}
    </span>
  );
}
