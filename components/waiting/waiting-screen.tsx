import { getTranslations } from "next-intl/server";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import { type Cause, theCustomer } from "@/lib/waiting/rules";
import type { WaitingBehind, WaitingChoices, WaitingReport, WaitingRows } from "@/lib/waiting/schema";
import { WaitLegend } from "./wait-bar";
import { WaitTable } from "./wait-table";
import { WaitingFilters } from "./waiting-filters";
import { waitWords } from "./words";

type Props = {
  workspace: string;
  input: WaitingRows;
  report: WaitingReport;
  behind: WaitingBehind | null;
  choices: WaitingChoices;
  zone: string;
};

/** An address of this screen with some of its words changed; what is undefined is left out. */
function addressOf(workspace: string, input: Partial<WaitingRows>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) if (value !== undefined) query.set(name, value);
  return paths.waiting(workspace, query.toString());
}

/** The customers behind a number, who waited longest first; who is another's is counted and not named. */
async function Behind({ workspace, input, report, behind }: Omit<Props, "behind"> & { behind: WaitingBehind }) {
  const [t, words] = await Promise.all([getTranslations("waiting"), waitWords(report.spokes)]);
  const { baton, whom, cause, ...rest } = input;
  const title = baton
    ? t("rows.baton", { party: words.party(baton) })
    : t("rows.whom", { party: words.party(whom ?? "") });
  return (
    <BehindList
      title={title}
      note={cause ? t(`cause.${cause}`) : t("rows.count", { count: behind.total })}
      close={{ href: addressOf(workspace, rest), label: t("rows.close") }}
      shown={
        behind.rows.length < behind.total ? t("rows.shown", { count: behind.rows.length, total: behind.total }) : null
      }
    >
      {behind.rows.map(({ customerId, name, elapsed, staffed }, place) => (
        <BehindRow
          key={customerId ?? `hidden-${place}`}
          href={customerId ? paths.waiting(workspace, `customer=${customerId}`) : null}
          name={name}
          hidden={t("rows.hidden")}
        >
          <bdi className="num text-ink-2">{words.length(elapsed)}</bdi>
          <span className="text-12 text-ink-3">{t("business", { time: words.length(staffed) })}</span>
        </BehindRow>
      ))}
    </BehindList>
  );
}

/** Which department had the baton, for how long, and who was waited for; every number opens its customers. */
export async function WaitingScreen({ workspace, input, report, behind, choices, zone }: Props) {
  const [t, words] = await Promise.all([getTranslations("waiting"), waitWords(report.spokes)]);
  const { elapsed, byBaton, byWhom, customers } = report;
  const quiet = byWhom.reduce((sum, { causes }) => sum + (causes.work ?? 0) + (causes.paused ?? 0), 0);
  const owedBy = ({ id, causes, elapsed }: (typeof byWhom)[number]) =>
    id === theCustomer ? 0 : elapsed - (causes.work ?? 0);
  const longest = byWhom.toSorted((a, b) => owedBy(b) - owedBy(a))[0];
  const open = (kind: "baton" | "whom") => (id: string, cause?: Cause) => {
    const { baton: _b, whom: _w, cause: _c, ...rest } = input;
    return addressOf(workspace, { ...rest, [kind]: id, cause });
  };
  return (
    <>
      <PageHead
        title={t("title")}
        above={t.rich("above", {
          count: customers,
          since: () => <DateTime at={report.since} shape="long" zone={zone} />,
        })}
      >
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        <WaitingFilters action={paths.waiting(workspace)} input={input} choices={choices} />
        {elapsed === 0 ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : (
          <>
            <p className="pt-4 text-balance font-serif text-28 md:text-40">
              {t("verdict", { share: words.share((elapsed - quiet) / elapsed) })}
            </p>
            <p className="max-w-[64em] text-14 text-ink-2">
              {longest && owedBy(longest) > 0
                ? t("longest", { party: words.party(longest.id), time: words.length(owedBy(longest)) })
                : t("longest_none")}{" "}
              {t("how")}
            </p>
            {report.isTruncated ? <p className="text-12 text-ink-2">{t("truncated")}</p> : null}
            {behind ? <Behind {...{ workspace, input, report, behind, choices, zone }} /> : null}
            <section aria-labelledby="baton">
              <SectionHead id="baton" title={t("baton")} note={t("baton_note")} />
              <WaitLegend />
              <WaitTable
                label={t("baton")}
                head={t("col.department")}
                lines={byBaton}
                spokes={report.spokes}
                open={open("baton")}
              />
            </section>
            <section aria-labelledby="whom">
              <SectionHead id="whom" title={t("whom")} note={t("whom_note")} />
              <WaitTable
                label={t("whom")}
                head={t("col.party")}
                lines={byWhom}
                spokes={report.spokes}
                open={open("whom")}
              />
            </section>
            <p className="max-w-[64em] pt-4 text-12 text-ink-3">
              {t.rich("rests", {
                asOf: () => <DateTime at={report.asOf} zone={zone} />,
                knownAt: () => <DateTime at={report.knownAt} zone={zone} />,
                total: words.length(elapsed),
                business: words.length(report.staffed),
              })}
            </p>
          </>
        )}
      </div>
    </>
  );
}
