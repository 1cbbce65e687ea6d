import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { StatusMark } from "@/components/ui/status-mark";
import type { ImprovementRow } from "@/lib/improvements/schema";

const marks = {
  proposed: "waiting",
  accepted: "active",
  in_progress: "active",
  done: "good",
  rejected: "idle",
} as const;

type Props = {
  rows: readonly ImprovementRow[];
  openId: string | null;
  hrefOf: (id: string) => string;
  nameOfType: (type: string) => string;
};

/** Improvements with state, owner, date and how many cases stand behind each. */
export async function ImprovementList({ rows, openId, hrefOf, nameOfType }: Props) {
  const t = await getTranslations("improvements");
  const locale = await getLocale();
  const date = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <ul>
      {rows.map((row) => {
        const cause = (locale === "he" && row.causeNameHe) || row.causeName;
        return (
          <li
            key={row.id}
            aria-current={row.id === openId ? "true" : undefined}
            className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2.5 text-13 aria-current:bg-selected md:grid-cols-[9rem_minmax(0,1fr)_12rem_8rem]"
          >
            <span>
              <StatusMark state={row.isLate ? "overdue" : marks[row.state]} /> {t(`state.${row.state}`)}
            </span>
            <span className="min-w-0">
              <Link
                href={hrefOf(row.id) as never}
                prefetch={false}
                className="font-550 text-14 underline decoration-hairline-strong underline-offset-2"
              >
                {row.title ? <bdi>{row.title}</bdi> : t("untitled", { cause })}
              </Link>
              <span className="block text-12 text-ink-3">
                {cause}
                {row.interactionType ? ` · ${nameOfType(row.interactionType)}` : ""}
              </span>
            </span>
            <span>
              <span className="block">
                <bdi>{row.ownerName ?? t("nobody")}</bdi>
              </span>
              <span className={`num text-12 ${row.isLate ? "text-bad" : "text-ink-3"}`}>
                {t(row.isLate ? "was_due" : "due", { date: date.format(new Date(row.dueOn)) })}
              </span>
            </span>
            <span className="num text-12 text-ink-2">{t("cases", { count: row.cases })}</span>
          </li>
        );
      })}
    </ul>
  );
}
