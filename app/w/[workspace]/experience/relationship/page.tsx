import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { withdrawWords } from "@/components/consistency/answer-words";
import { WithdrawButton } from "@/components/consistency/withdraw-button";
import { EmptyState } from "@/components/ui/empty-state";
import { HappeningRow } from "@/components/ui/happening-row";
import { OlderLink } from "@/components/ui/older-link";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { listRelationshipAnswers } from "@/lib/responses/relationship-queries";
import { RelationshipAnswersInput } from "@/lib/responses/schema";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experience"))("relationship.title") };
}

const readPage = async (ctx: Context, input: RelationshipAnswersInput) => ({
  ...(await listRelationshipAnswers(ctx, input)),
  mayWithdraw: canAs(ctx.roles, "responses.record", "yes"),
});

/** What customers said of the relationship as a whole, the latest first; each answer may be taken back for her who gave it. */
export default async function RelationshipPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { cursor } = await searchParams;
  const input = RelationshipAnswersInput.parse(typeof cursor === "string" ? { cursor: cursor.slice(0, 500) } : {});
  const { data, nextCursor, mayWithdraw } = await load(workspace, readPage, input);
  const t = await getTranslations("experience");
  const withdraw = await withdrawWords();
  return (
    <>
      <PageHead
        title={t("relationship.title")}
        above={
          <Link href={paths.experience(workspace)} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        statement={t("relationship.statement")}
      />
      {data.length === 0 ? (
        <EmptyState title={t("answers.empty")} />
      ) : (
        <ul className="px-4 pb-10 md:px-7">
          {data.map((row) => (
            <HappeningRow key={row.id} workspace={workspace} row={{ ...row, agentName: null }}>
              {mayWithdraw ? (
                <WithdrawButton workspace={workspace} id={row.id} about="relationship" words={withdraw} />
              ) : null}
              <span className="num font-550">{t("relationship.score", { nps: row.nps })}</span>{" "}
              <span className="text-12 text-ink-3">
                <bdi>{row.personName}</bdi>
                {row.isLate ? ` · ${t("answers.late")}` : null}
              </span>
              {row.comment ? (
                <q dir="auto" className="said block">
                  {row.comment}
                </q>
              ) : null}
            </HappeningRow>
          ))}
        </ul>
      )}
      <OlderLink to={(query) => paths.relationship(workspace, query)} asked={{}} cursor={nextCursor}>
        {t("older")}
      </OlderLink>
    </>
  );
}
