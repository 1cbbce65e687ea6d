import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { mediumNames, typeNames } from "@/components/consistency/type-names";
import { Agreement } from "@/components/themes/agreement";
import { CommentList } from "@/components/themes/comment-list";
import { ThemeFigures } from "@/components/themes/figures";
import { ThemeFilters } from "@/components/themes/filters";
import { ThemesTable } from "@/components/themes/themes-table";
import { namedIn } from "@/components/themes/words";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { getThemesReport, listComments } from "@/lib/themes/queries";
import { CommentsInput, type ThemesReport } from "@/lib/themes/schema";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("themes"))("title") };
}

const shape = CommentsInput.shape;

/** What the address asks for; what nobody can read is left out, field by field. `theme` names one of the themes. */
function inputOf(asked: Asked): { input: CommentsInput; isListing: boolean } {
  const given = { ...asked, themeId: asked.theme };
  const known = Object.entries(shape).flatMap(([name, schema]) => {
    const value = given[name as keyof typeof given];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  const input = CommentsInput.parse(Object.fromEntries(known));
  const { themeId, class: found, untagged, cursor, from, polarity } = input;
  const isListing = asked.rows === "1" || [themeId, found, untagged, cursor, from, polarity].some(Boolean);
  return { input, isListing };
}

async function readPage(ctx: Context, input: CommentsInput, isListing: boolean) {
  const { type, weeks } = input;
  const [report, list] = await Promise.all([
    getThemesReport(ctx, { type, weeks }),
    isListing ? listComments(ctx, input) : null,
  ]);
  return { report, list, mayTag: can(ctx.roles, "themes.tag") };
}

export default async function ThemesPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { input, isListing } = inputOf(await searchParams);
  const { report, list, mayTag } = await load(workspace, readPage, input, isListing);
  const t = await getTranslations("themes");
  const about = { weeks: String(input.weeks), ...(input.type ? { type: input.type } : {}) };
  const at = (filter: Record<string, string>) =>
    paths.themes(workspace, new URLSearchParams({ ...about, ...filter }).toString());
  const listed = list ? await listedOf({ workspace, report, list, input, mayTag }) : null;
  return (
    <>
      <PageHead
        title={t("title")}
        above={
          <Link href={paths.experience(workspace)} className="underline underline-offset-2">
            {t("above")}
          </Link>
        }
        statement={
          report.comments === 0 ? undefined : (
            <>
              <Link href={at({ rows: "1" })} className="underline decoration-hairline-strong underline-offset-2">
                {t("comments", { count: report.comments })}
              </Link>
              {", "}
              <Link
                href={at({ class: "negative" })}
                className="underline decoration-hairline-strong underline-offset-2"
              >
                {t("negatives", { count: report.negative })}
              </Link>
              {", "}
              <Link href={at({ untagged: "1" })} className="underline decoration-hairline-strong underline-offset-2">
                {t("untagged", { count: report.untagged })}
              </Link>
              {". "}
              {t("codebook_note", { number: report.codebook.number })}
            </>
          )
        }
      >
        <LinkButton href={paths.coding(workspace)}>{t("coding.title")}</LinkButton>
        <LinkButton href={paths.codebook(workspace)}>{t("codebook.title")}</LinkButton>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-7">
        <ThemeFilters
          action={paths.themes(workspace)}
          type={input.type ?? ""}
          weeks={input.weeks}
          types={report.types}
          nameOfType={await typeNames()}
        />
        {listed}
        {report.comments === 0 ? (
          <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>
        ) : (
          <>
            <ThemesTable report={report} rowsAt={at} />
            <ThemeFigures report={report} />
          </>
        )}
        <section aria-labelledby="agreement">
          <SectionHead id="agreement" title={t("agreement")} note={t("agreement_note")} />
          {report.agreement ? (
            <Agreement report={report.agreement} />
          ) : (
            <p className="text-13 text-ink-2">{t("agreement_missing")}</p>
          )}
        </section>
      </div>
    </>
  );
}

type Listed = {
  workspace: string;
  report: ThemesReport;
  list: Awaited<ReturnType<typeof listComments>>;
  input: CommentsInput;
  mayTag: boolean;
};

/** The comments behind a number, with a way back and on. */
async function listedOf({ workspace, report, list, input, mayTag }: Listed) {
  const t = await getTranslations("themes");
  const { themeId, limit: _limit, cursor: _cursor, ...rest } = input;
  const about = Object.entries({ ...rest, theme: themeId, rows: "1" }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const theme = report.themes.find((each) => each.themeId === themeId);
  const words = [
    theme ? namedIn(await getLocale(), theme) : null,
    input.class ? t(`class.${input.class}`) : null,
    input.polarity ? t(`polarity.${input.polarity}`) : null,
    input.untagged ? t("without_theme") : null,
  ].filter(Boolean);
  return (
    <section aria-labelledby="rows">
      <SectionHead id="rows" title={t("rows")} note={words.join(" · ")}>
        <Link
          href={paths.themes(
            workspace,
            new URLSearchParams({ weeks: String(input.weeks), ...(input.type ? { type: input.type } : {}) }).toString(),
          )}
          className="text-12 underline underline-offset-2"
        >
          {t("close_rows")}
        </Link>
      </SectionHead>
      {list.data.length === 0 ? (
        <p className="py-3 text-13 text-ink-2">{t("rows_empty")}</p>
      ) : (
        <Messages namespaces={["themes"]}>
          <CommentList
            workspace={workspace}
            rows={list.data}
            themes={report.themes.map((each) => ({ themeId: each.themeId, name: each.name, nameHe: each.nameHe }))}
            mayTag={mayTag}
            nameOfType={await typeNames()}
            nameOfMedium={await mediumNames()}
          />
        </Messages>
      )}
      {list.nextCursor ? (
        <p className="pt-3">
          <LinkButton
            href={paths.themes(workspace, new URLSearchParams([...about, ["cursor", list.nextCursor]]).toString())}
          >
            {t("older")}
          </LinkButton>
        </p>
      ) : null}
    </section>
  );
}
