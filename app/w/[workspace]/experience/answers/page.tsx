import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { scoresGiven, withdrawWords } from "@/components/consistency/answer-words";
import { mediumNames, routeNames, typeNames } from "@/components/consistency/type-names";
import { WithdrawButton } from "@/components/consistency/withdraw-button";
import { SaidMark } from "@/components/hub/said-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { HappeningRow } from "@/components/ui/happening-row";
import { OlderLink } from "@/components/ui/older-link";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { listAnswers } from "@/lib/responses/answers";
import { type AnswerRow, AnswersInput } from "@/lib/responses/schema";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experience"))("answers.title") };
}

const readPage = async (ctx: Context, input: AnswersInput) => ({
  ...(await listAnswers(ctx, input)),
  mayWithdraw: canAs(ctx.roles, "responses.record", "yes"),
});

/** Every answer of customers, whether it counts or not: each may be taken back for her who gave it. */
export default async function AnswersPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { type, cursor } = await searchParams;
  const asked = { ...(typeof type === "string" && type ? { type: type.slice(0, 100) } : {}) };
  const input = AnswersInput.parse({
    ...asked,
    ...(typeof cursor === "string" ? { cursor: cursor.slice(0, 500) } : {}),
  });
  const { data, nextCursor, mayWithdraw } = await load(workspace, readPage, input);
  const t = await getTranslations("experience");
  const withdraw = await withdrawWords();
  const names = { medium: await mediumNames(), route: await routeNames(), type: await typeNames() };
  const about = ({ medium, route, type }: AnswerRow) =>
    [names.medium(medium), route ? names.route(route) : null, names.type(type)].filter(Boolean).join(" · ");
  const noted = (row: AnswerRow) =>
    [
      ...scoresGiven(row, t),
      row.isLate ? t("answers.late") : null,
      row.countsForClass || row.isLate ? null : t("answers.second"),
      row.source === "tool" ? t("answers.from_tool") : null,
    ].filter(Boolean);
  return (
    <>
      <PageHead
        title={t("answers.title")}
        above={
          <Link
            href={paths.experience(workspace, new URLSearchParams(asked).toString())}
            className="underline underline-offset-2"
          >
            {t("title")}
          </Link>
        }
        statement={t("answers.statement")}
      />
      {data.length === 0 ? (
        <EmptyState title={t("answers.empty")} />
      ) : (
        <ul className="px-4 pb-10 md:px-7">
          {data.map((row) => (
            <HappeningRow key={row.id} workspace={workspace} row={row}>
              {mayWithdraw ? <WithdrawButton workspace={workspace} id={row.id} words={withdraw} /> : null}
              {row.class ? <SaidMark tone={row.class} word={t(`class.${row.class}`)} /> : null}{" "}
              <span className="text-12 text-ink-3">{noted(row).join(" · ")}</span>
              <span className="block text-12 text-ink-3">{about(row)}</span>
              {row.comment ? (
                <q dir="auto" className="said block">
                  {row.comment}
                </q>
              ) : null}
            </HappeningRow>
          ))}
        </ul>
      )}
      <OlderLink to={(query) => paths.answers(workspace, query)} asked={asked} cursor={nextCursor}>
        {t("older")}
      </OlderLink>
    </>
  );
}
