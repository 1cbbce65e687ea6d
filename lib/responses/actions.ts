"use server";

import { limits, takeAttempt } from "../limits";
import { action } from "../server/action";
import { surveyAction } from "../server/survey-action";
import { SurveyAnswer, WithdrawResponse } from "./schema";
import { answerSurvey, refuseSurveys } from "./survey";
import { withdrawAnswer, withdrawResponse } from "./withdraw";

export const answerSurveyAction = surveyAction(async (ctx, inviteId, form, language) => {
  const fields = ["disconfirmation", "outcome", "csat", "ces", "comment"].map((name) => [
    name,
    form.get(name) || undefined,
  ]);
  const given = SurveyAnswer.safeParse(Object.fromEntries(fields));
  if (!given.success) return "missing";
  await takeAttempt(limits.question, inviteId);
  return answerSurvey(ctx, inviteId, { ...given.data, language });
});
export const refuseSurveysAction = surveyAction(async (ctx, inviteId) => {
  await refuseSurveys(ctx, inviteId);
  return "refused";
});
export const withdrawAnswerAction = surveyAction(withdrawAnswer);
export const withdrawResponseAction = action(WithdrawResponse, withdrawResponse);
