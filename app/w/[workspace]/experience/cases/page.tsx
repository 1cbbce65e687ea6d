import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { mediumNames, typeNames } from "@/components/consistency/type-names";
import { CaseList } from "@/components/recovery-cases/case-list";
import { CasePanel } from "@/components/recovery-cases/case-panel";
import { CaseSummaryLine } from "@/components/recovery-cases/summary-line";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isId } from "@/lib/identifiers";
import { listPeople } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { getCase, getCaseSummary, listCases } from "@/lib/recovery-cases/queries";
import { CasesInput } from "@/lib/recovery-cases/schema";
import { load } from "@/lib/server/page";
import { codebookInForce } from "@/lib/themes/codebook";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cases"))("title") };
}

/** What the address asks for; what nobody can read is left out, field by field. */
function inputOf(asked: Asked): CasesInput {
  const known = Object.entries(CasesInput.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return CasesInput.parse(Object.fromEntries(known));
}

async function readPage(ctx: Context, input: CasesInput, caseId: string | null) {
  const [list, summary, found, { themes }, { people }] = await Promise.all([
    listCases(ctx, input),
    getCaseSummary(ctx),
    caseId ? getCase(ctx, { id: caseId }) : null,
    codebookInForce(ctx),
    listPeople(ctx),
  ]);
  return {
    ...{ list, summary, found },
    causes: themes.map(({ key, name, nameHe }) => ({ key, name, nameHe })),
    people: people.map(({ id, name }) => ({ id, name })),
    memberId: ctx.memberId,
    now: ctx.now.toISOString(),
    isLeading: canAs(ctx.roles, "improvements.edit", "yes"),
  };
}

/** Every bad contact until its customer was told: what is open and how old, what is late, and what caused those that closed. */
export default async function CasesPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = await searchParams;
  const input = inputOf(asked);
  const caseId = typeof asked.case === "string" && isId(asked.case) ? asked.case : null;
  const page = await load(workspace, readPage, input, caseId);
  const { list, summary, found, causes, now } = page;
  const t = await getTranslations("cases");
  const locale = await getLocale();
  const nameOfType = await typeNames();
  const nameOfMedium = await mediumNames();
  const nameOfCause = (cause: string) => {
    const theme = causes.find(({ key }) => key === cause);
    return theme ? (locale === "he" && theme.nameHe) || theme.name : cause;
  };
  const { cursor: _cursor, limit: _limit, ...about } = input;
  const at = (change: Record<string, string>) => {
    const query = Object.entries({ ...about, ...change }).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return paths.recoveryCases(workspace, new URLSearchParams(query).toString());
  };
  return (
    <Messages namespaces={["cases"]}>
      <PageHead
        title={t("title")}
        statement={<CaseSummaryLine summary={summary} now={now} hrefOf={at} nameOfCause={nameOfCause} />}
      >
        <LinkButton href={paths.improvements(workspace)}>{t("improvements")}</LinkButton>
      </PageHead>
      <nav aria-label={t("show")} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-13 md:px-7">
        {(["open", "late", "closed"] as const).map((show) => (
          <Tab key={show} href={at({ show })} isHere={input.show === show}>
            {t(`tab.${show}`)}
          </Tab>
        ))}
        <Tab href={at({ mine: input.mine ? "" : "1" })} isHere={input.mine === "1"}>
          {t("tab.mine")}
        </Tab>
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-3 pb-12 md:px-7">
        {found ? (
          <CasePanel
            key={found.id}
            workspace={workspace}
            found={found}
            now={now}
            about={`${nameOfMedium(found.medium)} · ${nameOfType(found.type)}`}
            memberId={page.memberId}
            people={page.people}
            causes={causes}
          />
        ) : null}
        {list.data.length === 0 ? (
          <EmptyState title={t(`empty.${input.show}`)}>{t("empty_hint")}</EmptyState>
        ) : (
          <CaseList
            rows={list.data}
            now={now}
            openId={found?.id ?? null}
            hrefOf={(id) => at({ case: id })}
            nameOfType={nameOfType}
            nameOfMedium={nameOfMedium}
            nameOfCause={nameOfCause}
          />
        )}
        {list.nextCursor ? (
          <p>
            <LinkButton href={at({ cursor: list.nextCursor }) as never}>{t("more")}</LinkButton>
          </p>
        ) : null}
      </div>
    </Messages>
  );
}

function Tab({ href, isHere, children }: { href: string; isHere: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href as never}
      aria-current={isHere ? "true" : undefined}
      className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
    >
      {children}
    </Link>
  );
}
