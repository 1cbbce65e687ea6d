import { redirect } from "next/navigation";
import { AppError } from "../errors";
import { type Locale, localeOf } from "../i18n/locales";
import { asOffered } from "../offers/context";
import { paths } from "../paths";
import { understood } from "./arrivals";

type Work = (form: FormData) => Parameters<typeof asOffered<string>>[1] | "missing";

async function outcomeOf(token: string, form: FormData, work: Work): Promise<string | null> {
  const wanted = work(form);
  if (wanted === "missing") return "missing";
  try {
    return await asOffered(token, wanted);
  } catch (error) {
    if (error instanceof AppError && error.code === "limited") return "limited";
    if (error instanceof AppError && error.code === "invalid") return "missing";
    // The page says that there is nothing.
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/**
 * Builds an action of an offer's page, with or without scripts: the token is who asks, looked at again on every call, and the
 * page is shown anew with what became of it.
 */
export function offerAction(work: Work) {
  return async (token: string, locale: string, form: FormData): Promise<void> => {
    understood();
    const lang: Locale = localeOf(String(locale), null);
    const said = await outcomeOf(String(token), form, work);
    redirect(paths.offer(String(token), new URLSearchParams({ lang, ...(said ? { said } : {}) })));
  };
}
