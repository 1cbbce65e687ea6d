import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { typeNames } from "@/components/consistency/type-names";
import { Agreement } from "@/components/themes/agreement";
import { CodingDesk } from "@/components/themes/coding-desk";
import { RoundList } from "@/components/themes/round-list";
import { StartRoundForm } from "@/components/themes/start-round-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can, canAs } from "@/lib/auth/permissions";
import { isRole } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { isId } from "@/lib/identifiers";
import { listPeople } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { getRound, listRounds } from "@/lib/themes/coding";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("themes"))("coding.title") };
}

async function readPage(ctx: Context, roundId: string | undefined) {
  const [rounds, round, { people }] = await Promise.all([
    listRounds(ctx),
    roundId ? getRound(ctx, roundId) : null,
    listPeople(ctx),
  ]);
  const coders = people
    .filter(({ roles }) => canAs(roles.filter(isRole), "themes.tag", "yes", "scope", "scorecards"))
    .map(({ id, name }) => ({ id, name }));
  return { rounds, round, coders, mayStart: can(ctx.roles, "themes.tag") };
}

/** Two people read the same comments without seeing each other's tags; how alike they read says whether the codebook is clear. */
export default async function CodingPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { round: asked } = await searchParams;
  const { rounds, round, coders, mayStart } = await load(
    workspace,
    readPage,
    typeof asked === "string" && isId(asked) ? asked : undefined,
  );
  const t = await getTranslations("themes");
  const nameOfType = await typeNames();
  return (
    <Messages namespaces={["themes"]}>
      <PageHead
        title={t("coding.title")}
        above={
          <Link
            href={round ? paths.coding(workspace) : paths.themes(workspace)}
            className="underline underline-offset-2"
          >
            {round ? t("coding.title") : t("title")}
          </Link>
        }
        statement={t("coding.statement")}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-4 pb-12 md:px-7">
        {round ? (
          <>
            {round.agreement ? <Agreement report={round.agreement} /> : null}
            <CodingDesk workspace={workspace} round={round} />
          </>
        ) : (
          <>
            {mayStart ? <StartRoundForm workspace={workspace} coders={coders} /> : null}
            <RoundList workspace={workspace} rounds={rounds} nameOfType={nameOfType} />
          </>
        )}
      </div>
    </Messages>
  );
}
