import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { Change, ChangeDay, ChangeKind, Morning, MorningRow, MorningRows } from "@/lib/morning/schema";
import { paths } from "@/lib/paths";

const groups: readonly { key: string; kinds: readonly ChangeKind[] }[] = [
  { key: "customers", kinds: ["new_leads", "won", "lost"] },
  { key: "track", kinds: ["off_track", "recovered", "promises_broken"] },
  {
    key: "handoffs",
    kinds: ["handoffs_proposed", "handoffs_accepted", "handoffs_rejected", "handoffs_expired"],
  },
  { key: "experience", kinds: ["negative", "cases"] },
  { key: "offers", kinds: ["conflicts", "approvals"] },
  { key: "leaks", kinds: ["leaks_confirmed", "leaks_closed"] },
];

const width = 120;

/** Yesterday as a dot upon the least, the median and the most of the weeks before. Silent: the numbers stand beside it. */
function UsualBar({ yesterday, usual, least, most }: Change) {
  if (usual === null || least === null || most === null || most + yesterday === 0) return null;
  const end = Math.max(1, most, yesterday);
  const x = (count: number) => (6 + ((width - 12) * count) / end).toFixed(1);
  return (
    <svg aria-hidden viewBox={`0 0 ${width} 14`} className="h-3.5 w-30 text-ink-1 rtl:-scale-x-100">
      <path d={`M6 13.5H${width - 6}`} className="stroke-hairline-strong" />
      <path d={`M${x(least)} 7H${x(most)}`} strokeWidth="6" strokeLinecap="round" className="stroke-hairline" />
      <path d={`M${x(usual)} 2V12`} strokeWidth="1.5" className="stroke-ink-3" />
      <circle cx={x(yesterday)} cy="7" r="3.6" className="fill-current" />
    </svg>
  );
}

const cell = "num py-1.5 ps-4 text-end";

/** What happened yesterday and today beside what is usual on that weekday; each number opens what is behind it. */
export async function Changes({ workspace, morning, zone }: { workspace: string; morning: Morning; zone: string }) {
  const [t, locale] = await Promise.all([getTranslations("morning"), getLocale()]);
  const weekday = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    weekday: "long",
    timeZone: "UTC",
  }).format(new Date(`${morning.yesterday}T12:00:00Z`));
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const opened = (kind: ChangeKind, day: ChangeDay, count: number) =>
    count === 0 ? (
      <span className="text-ink-3">0</span>
    ) : (
      <Link
        href={paths.morning(workspace, `kind=${kind}&day=${day}`)}
        prefetch={false}
        aria-label={t(`open.${day}`, { what: t(`kind.${kind}`), count })}
        className="underline decoration-hairline-strong underline-offset-2"
      >
        {number.format(count)}
      </Link>
    );
  const known = new Map(morning.changes.map((change) => [change.kind, change]));
  return (
    <section aria-labelledby="changes">
      <SectionHead id="changes" title={t("changes")} />
      <p className="pb-2 text-12 text-ink-3">
        {t("as_of")} <DateTime at={morning.asOf} zone={zone} />.{" "}
        {morning.weeks >= 4 ? t("changes_note", { weekday, weeks: morning.weeks }) : t("changes_young")}
      </p>
      <ScrollRegion label={t("changes")}>
        <table className="w-full max-w-240 min-w-140 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              <th scope="col" className="py-1 text-start font-450">
                {t("col.what")}
              </th>
              <th scope="col" className="py-1 ps-4 text-end font-450">
                {t("col.yesterday", { weekday })}
              </th>
              <th scope="col" className="py-1 ps-4 text-end font-450">
                {t("col.usual")}
              </th>
              <th scope="col" className="py-1 ps-4 text-start font-450">
                {t("col.bar")}
              </th>
              <th scope="col" className="py-1 ps-4 text-end font-450">
                {t("col.today")}
              </th>
            </tr>
          </thead>
          {groups.map(({ key, kinds }) => (
            <tbody key={key}>
              <tr>
                <th scope="rowgroup" colSpan={5} className="pt-3 pb-1 text-start font-450 text-12 text-ink-3">
                  {t(`group.${key as "customers"}`)}
                </th>
              </tr>
              {kinds.map((kind) => {
                const change = known.get(kind);
                if (!change) return null;
                return (
                  <tr key={kind} className="border-hairline border-b">
                    <th scope="row" className="py-1.5 text-start font-450">
                      {t(`kind.${kind}`)}
                    </th>
                    <td className={`${cell} font-550`}>{opened(kind, "yesterday", change.yesterday)}</td>
                    <td className={`${cell} text-ink-2`}>
                      {change.usual === null ? (
                        <span className="text-12 text-ink-3">{t("unknown_usual")}</span>
                      ) : (
                        <bdi dir="ltr">
                          {number.format(change.usual)}{" "}
                          {change.most ? (
                            <span className="text-12 text-ink-3">
                              {change.least}–{change.most}
                            </span>
                          ) : null}
                        </bdi>
                      )}
                    </td>
                    <td className="py-1.5 ps-4">
                      <UsualBar {...change} />
                    </td>
                    <td className={cell}>{opened(kind, "today", change.today)}</td>
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
      </ScrollRegion>
    </section>
  );
}

export type MorningBehind = { input: MorningRows; rows: readonly MorningRow[]; total: number };

/** What is behind one number, the newest first. */
export async function ChangeRows({
  workspace,
  behind,
  zone,
}: {
  workspace: string;
  behind: MorningBehind;
  zone: string;
}) {
  const [t, overview] = await Promise.all([getTranslations("morning"), getTranslations("overview")]);
  const { input, rows, total } = behind;
  const isTrigger = input.kind === "off_track" || input.kind === "recovered";
  const isLeak = input.kind.startsWith("leaks");
  const isSaid = input.kind === "promises_broken" || input.kind === "conflicts" || input.kind === "approvals";
  return (
    <BehindList
      title={t(`open.${input.day}`, { what: t(`kind.${input.kind}`), count: total })}
      close={{ href: paths.morning(workspace), label: t("close") }}
      shown={rows.length < total ? t("shown", { count: rows.length, total }) : null}
      below={rows.length === 0 ? <p className="text-13 text-ink-3">{t("nothing")}</p> : null}
    >
      {rows.map(({ id, customerId, name, at, detail }) => (
        <BehindRow
          key={id}
          href={customerId ? paths.customer(workspace, customerId) : paths.leak(workspace, id)}
          name={name ?? detail ?? t("unnamed")}
        >
          <span className="text-ink-2">
            <DateTime at={at} zone={zone} />
          </span>
          {detail && isTrigger ? <span className="text-ink-2">{overview(`trigger.${detail as "T1"}`)}</span> : null}
          {detail && isSaid && !isLeak ? (
            <span dir="auto" className="text-ink-2">
              {detail}
            </span>
          ) : null}
        </BehindRow>
      ))}
    </BehindList>
  );
}
