import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { calledName, datesOf } from "@/components/contact/contact-words";
import { RelationshipForm } from "@/components/survey/relationship-form";
import { SurveyForm } from "@/components/survey/survey-form";
import { surveyWords } from "@/components/survey/survey-words";
import { AppError } from "@/lib/errors";
import { directionOf, type Locale, localeOf } from "@/lib/i18n/locales";
import { paths } from "@/lib/paths";
import { refuseSurveysAction, withdrawAnswerAction } from "@/lib/responses/actions";
import { getRelationshipPage } from "@/lib/responses/relationship-survey";
import type { SurveyPage } from "@/lib/responses/schema";
import { asAsked, getSurveyPage, noteOpened } from "@/lib/responses/survey";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ lang?: string; said?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("survey"))("title");
  return { title: { absolute: title }, robots: { index: false, follow: false }, referrer: "same-origin" };
}

async function readPage(token: string): Promise<SurveyPage> {
  try {
    return await asAsked(token, async (ctx, inviteId, about) => {
      const page = await (about === "contact" ? getSurveyPage : getRelationshipPage)(ctx, inviteId);
      await noteOpened(ctx, inviteId, about);
      return page;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

const others = { en: "עברית", he: "English" } as const;

/**
 * How it was: two questions and a comment about one contact, or one question about the relationship, in the customer's language, with or
 * without scripts.
 */
export default async function SurveyFormPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { lang, said } = await searchParams;
  const page = await readPage(token);
  // What she chose here, then what she chose before, then the language that she was written to in.
  const locale = localeOf(lang ?? (await cookies()).get("locale")?.value ?? page.language, null);
  const other = locale === "he" ? "en" : "he";
  const t = surveyWords(locale);
  const outcome = isOutcome(said) ? said : null;
  const isClosed = outcome !== null || page.state !== "open";
  const word = outcome ?? (page.state === "late" ? "too_late" : page.state);
  const mayWithdraw = page.mayWithdraw && outcome !== "withdrawn";
  return (
    <main
      lang={locale}
      dir={directionOf(locale)}
      className="mx-auto min-h-dvh max-w-110 border-hairline border-x bg-sheet px-5.5 pt-4 pb-7 text-16"
    >
      <header className="flex items-center justify-between text-14 text-ink-2">
        <b className="font-medium font-serif text-16 text-ink-1">
          <bdi>{page.company}</bdi>
        </b>
        <a
          href={paths.survey(token, new URLSearchParams({ lang: other, ...(said ? { said } : {}) }))}
          lang={other}
          dir={directionOf(other)}
          className="inline-flex min-h-11 items-center px-1 hover:underline"
        >
          {others[locale]}
        </a>
      </header>
      {isClosed ? (
        <div role="status" className="mt-10">
          <h1 className="mb-2 text-balance font-serif text-28">{t(`${word}.title`)}</h1>
          <p className="text-ink-2">{t(`${word}.text`, { company: page.company })}</p>
        </div>
      ) : (
        <>
          <h1 className="mt-6 mb-1.5 text-balance font-serif text-28">{greetingOf(page, t)}</h1>
          <p className="mb-6 text-14 text-ink-2">{aboutOf(page, locale, t)}</p>
          {said === "missing" || said === "limited" ? (
            <p role="alert" className="mb-5 rounded-lg border border-bad px-3.5 py-2.5 text-14">
              {t(said === "missing" && page.about === "relationship" ? "missing_number" : said)}
            </p>
          ) : null}
          {page.about === "contact" ? (
            <SurveyForm token={token} locale={locale} asks={page.asks} company={page.company} />
          ) : (
            <RelationshipForm token={token} locale={locale} company={page.company} />
          )}
        </>
      )}
      {mayWithdraw ? (
        <form action={withdrawAnswerAction.bind(null, token, locale)} className="mt-8 border-hairline border-t pt-3">
          <p className="text-14 text-ink-2">{t("withdraw_hint")}</p>
          <button type="submit" className="min-h-11 text-14 text-ink-2 underline underline-offset-4">
            {t("withdraw")}
          </button>
        </form>
      ) : null}
      {outcome === "refused" ? null : (
        <form action={refuseSurveysAction.bind(null, token, locale)} className="mt-8 border-hairline border-t pt-3">
          <button type="submit" className="min-h-11 text-14 text-ink-2 underline underline-offset-4">
            {t("refuse")}
          </button>
        </form>
      )}
    </main>
  );
}

type Words = ReturnType<typeof surveyWords>;

function greetingOf(page: SurveyPage, t: Words): string {
  if (page.about === "relationship") return t("relationship_greeting");
  return t("greeting", { who: page.who ? calledName(page.who) : page.company });
}

function aboutOf(page: SurveyPage, locale: Locale, t: Words): string {
  if (page.about === "relationship") return t("relationship_about", { company: page.company });
  return t("about", {
    date: datesOf(locale, page.timeZone).weekday(page.at),
    medium: t(`medium.${mediumOf(page.medium)}`),
  });
}

const outcomes = ["thanks", "late", "refused", "withdrawn"] as const;
const isOutcome = (said: string | undefined): said is (typeof outcomes)[number] =>
  outcomes.some((each) => each === said);

const spoken = ["phone", "email", "sms", "chat", "video", "onsite"];
const mediumOf = (medium: string) => (spoken.includes(medium) ? medium : "other");
