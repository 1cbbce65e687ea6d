import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { StatusMark } from "@/components/ui/status-mark";
import type { ConsistencyBoard, MatrixCell } from "@/lib/consistency/schema";
import type { ChannelStanding } from "@/lib/experience/consistency";
import { IntervalDot } from "./interval-dot";
import { floorOf, percentOf } from "./words";

type Props = {
  board: ConsistencyBoard;
  names: { media: (key: string) => string; routes: (key: string) => string };
  rowsAt: (filter: Record<string, string>) => string;
};

/** Media down, routes across: every share with its interval against the target, every number a link to its contacts. */
export async function MatrixTable({ board, names, rowsAt }: Props) {
  const t = await getTranslations("experience");
  const { report, media, routes, cells } = board;
  const standings = report.by === "media" ? report.channels : board.other.channels;
  const lo = floorOf(cells.filter(({ n }) => n >= 20).map((cell) => cell.lo ?? 1));
  const find = (medium: string, route: string) => cells.find((cell) => cell.medium === medium && cell.route === route);
  const cellOf = (medium: string, route: string) => (
    <Cell
      cell={find(medium, route)}
      target={report.target}
      lo={lo}
      href={rowsAt({ ...(medium ? { medium } : {}), ...(route ? { route } : {}) })}
      words={{
        none: t("not_used"),
        label: t("cell", {
          medium: medium ? names.media(medium) : t("all_media"),
          route: route ? names.routes(route) : t("all_routes"),
        }),
        needs: (count) => t("needs", { count }),
        below: t("below"),
      }}
    />
  );
  return (
    <section aria-labelledby="matrix">
      <SectionHead
        id="matrix"
        title={t("matrix")}
        note={t("matrix_note", { target: percentOf(report.target), lo: percentOf(lo) })}
      />
      <ScrollRegion label={t("matrix")} className="relative">
        <table className="w-full border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-start text-12 text-ink-3">
              <th scope="col" className="py-1.5 pe-4 text-start font-450">
                {t("medium")}
              </th>
              {routes.map((route) => (
                <th key={route} scope="col" className="py-1.5 pe-3 text-start font-450">
                  {names.routes(route)}
                </th>
              ))}
              <th scope="col" className="border-hairline-strong border-s py-1.5 ps-4 pe-3 text-start font-450">
                {t("all_routes")}
              </th>
              <th scope="col" className="py-1.5 pe-3 text-start font-450">
                {t("shrunken")}
              </th>
              <th scope="col" className="py-1.5 text-start font-450">
                {t("standing")}
              </th>
            </tr>
          </thead>
          <tbody>
            {media.map((medium) => (
              <tr key={medium} className="border-hairline border-b align-top">
                <th scope="row" className="py-2 pe-4 text-start text-14 font-550">
                  {names.media(medium)}
                </th>
                {routes.map((route) => (
                  <td key={route} className="py-2 pe-3">
                    {cellOf(medium, route)}
                  </td>
                ))}
                <td className="border-hairline-strong border-s py-2 ps-4 pe-3">{cellOf(medium, "")}</td>
                <Standing
                  standing={standings.find(({ key }) => key === medium)}
                  isWorst={report.by === "media" && report.verdict === "inconsistent" && report.worst === medium}
                  t={t}
                  target={report.target}
                />
              </tr>
            ))}
            {routes.length > 0 ? (
              <tr className="align-top">
                <th scope="row" className="py-2 pe-4 text-start font-450 text-12 text-ink-3">
                  {t("all_media")}
                </th>
                {routes.map((route) => (
                  <td key={route} className="py-2 pe-3">
                    {cellOf("", route)}
                  </td>
                ))}
                <td className="border-hairline-strong border-s py-2 ps-4 pe-3">{cellOf("", "")}</td>
                <td />
                <td />
              </tr>
            ) : null}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

type CellProps = {
  cell: MatrixCell | undefined;
  target: number;
  lo: number;
  href: string;
  words: { none: string; label: string; needs: (count: number) => string; below: string };
};

function Cell({ cell, target, lo, href, words }: CellProps) {
  if (!cell || cell.rate === null) return <span className="text-12 text-ink-3">{words.none}</span>;
  const isThin = cell.n < 20;
  return (
    <Link href={href as never} prefetch={false} className="group inline-block min-h-6">
      <span className="sr-only">{words.label}: </span>
      <IntervalDot rate={cell} target={target} lo={lo} isBelow={cell.isBelow} />
      <bdi className="num block text-12 text-ink-2 underline decoration-hairline-strong underline-offset-2 group-hover:decoration-current">
        {percentOf(cell.rate)} {cell.k}/{cell.n}
      </bdi>
      <span className="sr-only">
        {percentOf(cell.lo)}–{percentOf(cell.hi)}
      </span>
      {isThin ? <span className="block text-12 text-ink-3">{words.needs(20 - cell.n)}</span> : null}
      {cell.isBelow ? <span className="sr-only">{words.below}</span> : null}
    </Link>
  );
}

type StandingProps = {
  standing: ChannelStanding | undefined;
  isWorst: boolean;
  target: number;
  t: (key: string, values?: Record<string, string | number>) => string;
};

/** The pulled rate with its chance to reach the target, and what that means in a word. */
function Standing({ standing, isWorst, t, target }: StandingProps) {
  if (!standing || standing.n === 0) return <td colSpan={2} />;
  const { shrunken, chanceToReach, isJudged, n } = standing;
  const meets = isJudged && chanceToReach !== null && chanceToReach >= 0.9 - 1e-9;
  const misses = isJudged && chanceToReach !== null && chanceToReach <= 0.1 + 1e-9;
  const state = isWorst || misses ? "overdue" : meets ? "good" : "waiting";
  const word = isWorst
    ? t("weakest")
    : misses
      ? t("misses")
      : meets
        ? t("meets", { target: percentOf(target) })
        : t("not_proven");
  return (
    <>
      <td className="num py-2 pe-3">
        {shrunken === null ? "" : percentOf(shrunken)}
        {chanceToReach === null ? null : <span className="block text-12 text-ink-3">P {chanceToReach.toFixed(2)}</span>}
      </td>
      <td className="py-2 whitespace-nowrap">
        {isJudged ? (
          <span className={isWorst || misses ? "font-550 text-bad" : "font-450"}>
            <StatusMark state={state} /> {word}
          </span>
        ) : (
          <span className="text-12 text-ink-3">{n < 20 ? t("needs", { count: 20 - n }) : t("alone")}</span>
        )}
      </td>
    </>
  );
}
