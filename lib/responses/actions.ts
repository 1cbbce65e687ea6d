"use server";

import { limits, takeAttempt } from "../limits";
import { action } from "../server/action";
import { surveyAction } from "../server/survey-action";
import { setSurvey } from "./commands";
import { answerRelationship, withdrawRelationship, withdrawRelationshipAnswer } from "./relationship-survey";
import { RelationshipAnswer, SetSurvey, SurveyAnswer, WithdrawResponse } from "./schema";
import { answerSurvey, refuseSurveys } from "./survey";
import { withdrawAnswer, withdrawResponse } from "./withdraw";

const fieldsOf = (form: FormData, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, form.get(name) || undefined]));

export const answerSurveyAction = surveyAction(async (ctx, inviteId, { form, language }) => {
  const given = SurveyAnswer.safeParse(fieldsOf(form, "disconfirmation", "outcome", "csat", "ces", "comment"));
  if (!given.success) return "missing";
  await takeAttempt(limits.question, inviteId);
  return answerSurvey(ctx, inviteId, { ...given.data, language });
});
export const answerRelationshipAction = surveyAction(async (ctx, inviteId, { form, language }) => {
  const given = RelationshipAnswer.safeParse(fieldsOf(form, "nps", "comment"));
  if (!given.success) return "missing";
  await takeAttempt(limits.question, inviteId);
  return answerRelationship(ctx, inviteId, { ...given.data, language });
});
export const refuseSurveysAction = surveyAction(async (ctx, inviteId, { about }) => {
  await refuseSurveys(ctx, inviteId, about);
  return "refused";
});
export const withdrawAnswerAction = surveyAction((ctx, inviteId, { about }) =>
  about === "contact" ? withdrawAnswer(ctx, inviteId) : withdrawRelationshipAnswer(ctx, inviteId),
);
export const withdrawResponseAction = action(WithdrawResponse, withdrawResponse);
export const withdrawRelationshipAction = action(WithdrawResponse, withdrawRelationship);
export const setSurveyAction = action(SetSurvey, setSurvey);
