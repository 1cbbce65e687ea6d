import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { scoresGiven, withdrawWords } from "@/components/consistency/answer-words";
import { mediumNames, routeNames, typeNames } from "@/components/consistency/type-names";
import { WithdrawButton, type WithdrawWords } from "@/components/consistency/withdraw-button";
import { SaidMark } from "@/components/hub/said-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { HappeningRow } from "@/components/ui/happening-row";
import { LinkButton } from "@/components/ui/link-button";
import { OlderLink } from "@/components/ui/older-link";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import { listRated } from "@/lib/consistency/queries";
import { RatedInput, type RatedRow } from "@/lib/consistency/schema";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experience"))("rows_title") };
}

function readableOf(asked: Asked): Record<string, string> {
  const known = Object.entries(RatedInput.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

const readPage = async (ctx: Context, input: RatedInput) => ({
  ...(await listRated(ctx, input)),
  mayWithdraw: canAs(ctx.roles, "responses.record", "yes"),
});

/** The contacts behind a number of the board, newest first, each with what was said and a way to its customer. */
export default async function RatedRowsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = readableOf(await searchParams);
  const { data, nextCursor, mayWithdraw } = await load(workspace, readPage, RatedInput.parse(asked));
  const t = await getTranslations("experience");
  const names = { medium: await mediumNames(), route: await routeNames(), type: await typeNames() };
  const withdraw = await withdrawWords();
  const { cursor: _cursor, limit: _limit, weeks, ...rest } = asked;
  const said = [
    rest.type ? names.type(rest.type) : null,
    rest.medium ? names.medium(rest.medium) : null,
    rest.route ? names.route(rest.route) : null,
    rest.week
      ? t("week_of", { date: rest.week })
      : weeks === "0"
        ? t("all_time")
        : t("last_weeks", { count: Number(weeks ?? 26) }),
  ];
  const board = new URLSearchParams({ ...(rest.type ? { type: rest.type } : {}), ...(weeks ? { weeks } : {}) });
  return (
    <>
      <PageHead
        title={t("rows_title")}
        above={
          <Link href={paths.experience(workspace, board.toString())} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        statement={said.filter(Boolean).join(" · ")}
      >
        <LinkButton
          href={paths.answers(workspace, rest.type ? new URLSearchParams({ type: rest.type }).toString() : "")}
        >
          {t("answers.title")}
        </LinkButton>
      </PageHead>
      {data.length === 0 ? (
        <EmptyState title={t("rows_empty")} />
      ) : (
        <ul className="px-4 pb-10 md:px-7">
          {data.map((row) => (
            <Row
              key={row.id}
              row={row}
              workspace={workspace}
              names={names}
              word={t(`class.${row.class}`)}
              scores={scoresOf(row, t)}
              withdraw={mayWithdraw ? withdraw : null}
            />
          ))}
        </ul>
      )}
      <OlderLink to={(query) => paths.experienceRows(workspace, query)} asked={asked} cursor={nextCursor}>
        {t("older")}
      </OlderLink>
    </>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations>>;

/** The scores in words, those that were given. */
function scoresOf(row: RatedRow, t: Words): string {
  return [...scoresGiven(row, t), standardOf(row, t)].filter(Boolean).join(" · ");
}

/** How the contact kept its standard, as far as that was judged. */
function standardOf({ standard }: RatedRow, t: Words): string | null {
  if (!standard || standard.raw === null) return null;
  const share = `${(standard.raw * 100).toFixed(1)}\u00a0%`;
  if (standard.meets === null) return t("standard_share", { share });
  return t(standard.meets ? "standard_met" : "standard_missed", { share });
}

type RowProps = {
  row: RatedRow;
  workspace: string;
  names: Record<"medium" | "route" | "type", (key: string) => string>;
  word: string;
  scores: string;
  withdraw: WithdrawWords | null;
};

function Row({ row, workspace, names, word, scores, withdraw }: RowProps) {
  const about = [names.medium(row.medium), row.route ? names.route(row.route) : null, names.type(row.type)];
  return (
    <HappeningRow workspace={workspace} row={row}>
      {withdraw && row.responseId ? (
        <WithdrawButton workspace={workspace} id={row.responseId} words={withdraw} />
      ) : null}
      <SaidMark tone={row.class} word={word} /> <span className="text-12 text-ink-3">{scores}</span>
      <span className="block text-12 text-ink-3">{about.filter(Boolean).join(" · ")}</span>
      {row.comment ? (
        <q dir="auto" className="said block">
          {row.comment}
        </q>
      ) : null}
    </HappeningRow>
  );
}
