"use server";

import { redirect } from "next/navigation";
import { AppError } from "../errors";
import { localeOf } from "../i18n/locales";
import { limits, takeAttempt } from "../limits";
import { paths } from "../paths";
import { SurveyAnswer } from "./schema";
import { answerSurvey, asAsked, refuseSurveys } from "./survey";

type Said = Awaited<ReturnType<typeof answerSurvey>> | "missing" | "refused" | "limited";

const nameOf = (token: string, language: string, said: Said) =>
  `${paths.survey(token)}?lang=${localeOf(language, null)}&said=${said}`;

async function answer(token: string, language: string, form: FormData): Promise<Said> {
  const given = SurveyAnswer.safeParse({
    disconfirmation: form.get("disconfirmation"),
    outcome: form.get("outcome"),
    comment: form.get("comment") ?? "",
  });
  if (!given.success || !form.get("disconfirmation") || !form.get("outcome")) return "missing";
  return asAsked(token, async (ctx, inviteId) => {
    await takeAttempt(limits.question, inviteId);
    return answerSurvey(ctx, inviteId, { ...given.data, language: localeOf(language, null) });
  });
}

/** Takes the form of a survey as a browser sends it, with or without scripts, and shows what became of it. */
export async function answerSurveyAction(token: string, language: string, form: FormData): Promise<void> {
  let said: Said;
  try {
    said = await answer(String(token), String(language), form);
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "limited" && error.code !== "not_found")) throw error;
    said = error.code === "limited" ? "limited" : "missing";
  }
  redirect(nameOf(String(token), String(language), said) as never);
}

/** Whoever does not want to be asked says so here. */
export async function refuseSurveysAction(token: string, language: string): Promise<void> {
  await asAsked(String(token), (ctx, inviteId) => refuseSurveys(ctx, inviteId));
  redirect(nameOf(String(token), String(language), "refused") as never);
}
