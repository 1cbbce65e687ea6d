import { redirect } from "next/navigation";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type Locale, localeOf } from "../i18n/locales";
import { paths } from "../paths";
import type { SurveyAbout } from "../responses/schema";
import { asAsked } from "../responses/survey";
import { understood } from "./arrivals";

/** What became of what the customer sent, as the page then says it. */
export type SurveyOutcome = "thanks" | "late" | "answered" | "missing" | "refused" | "limited" | "withdrawn";

type Sent = { about: SurveyAbout; form: FormData; language: Locale };

type Work = (ctx: Context, inviteId: string, sent: Sent) => Promise<SurveyOutcome | null>;

async function outcomeOf(token: string, sent: Omit<Sent, "about">, work: Work): Promise<SurveyOutcome | null> {
  try {
    return await asAsked(token, (ctx, inviteId, about) => work(ctx, inviteId, { ...sent, about }));
  } catch (error) {
    if (error instanceof AppError && error.code === "limited") return "limited";
    // The page says that there is nothing.
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/**
 * Builds an action of the survey's page, with or without scripts: the token is who asks, looked at again on every call, and
 * the page is shown anew with what became of it.
 */
export function surveyAction(work: Work) {
  return async (token: string, locale: string, form: FormData): Promise<void> => {
    understood();
    const language = localeOf(String(locale), null);
    const outcome = await outcomeOf(String(token), { form, language }, work);
    redirect(
      paths.survey(String(token), new URLSearchParams({ lang: language, ...(outcome ? { said: outcome } : {}) })),
    );
  };
}
