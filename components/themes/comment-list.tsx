import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { StatusMark } from "@/components/ui/status-mark";
import { paths } from "@/lib/paths";
import type { CommentRow } from "@/lib/themes/schema";
import { TagEditor, type ThemeOption } from "./tag-editor";

type Props = {
  workspace: string;
  rows: readonly CommentRow[];
  themes: readonly ThemeOption[];
  mayTag: boolean;
  nameOfType: (type: string) => string;
  nameOfMedium: (medium: string) => string;
};

const marks = { positive: "good", neutral: "idle", negative: "overdue" } as const;

/** Comments without anybody's name, newest first, each with what it speaks of. */
export async function CommentList({ workspace, rows, themes, mayTag, nameOfType, nameOfMedium }: Props) {
  const t = await getTranslations("themes");
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.responseId}
          className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2.5 text-13 md:grid-cols-[11rem_minmax(0,1fr)]"
        >
          <span className="text-12 text-ink-3">
            <span className="num block">
              <DateTime at={row.at} shape="both" />
            </span>
            {nameOfMedium(row.medium)} · {nameOfType(row.type)}
            {row.isLate ? ` · ${t("late")}` : ""}
          </span>
          <span className="min-w-0">
            {row.class ? (
              <span className="text-12 text-ink-2">
                <StatusMark state={marks[row.class]} /> {t(`class.${row.class}`)}{" "}
              </span>
            ) : null}
            {row.customerId ? (
              <Link
                href={paths.customer(workspace, row.customerId)}
                prefetch={false}
                className="text-12 text-ink-2 underline decoration-hairline-strong underline-offset-2"
              >
                <bdi>{row.customerName}</bdi>
              </Link>
            ) : null}
            <q dir="auto" lang={row.language ?? undefined} className="said block text-14">
              {row.comment}
            </q>
            <TagEditor
              workspace={workspace}
              responseId={row.responseId}
              tags={row.tags}
              themes={themes}
              mayTag={mayTag}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
