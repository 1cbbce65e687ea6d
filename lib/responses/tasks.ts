import type { Context } from "../context";
import { ask, expire, remind } from "./asking";
import { contactSurvey } from "./invite";
import { relationshipSurvey } from "./relationship";

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const surveyTasks: Record<string, (ctx: Context, payload: Record<string, unknown>) => Promise<void>> = {
  "survey.invite": (ctx, { interactionId }) => ask(ctx, contactSurvey, String(interactionId)),
  "survey.remind": (ctx, { inviteId }) => remind(ctx, contactSurvey, String(inviteId)),
  "survey.expire": (ctx, { inviteId }) => expire(ctx, contactSurvey, String(inviteId)),
  "relationship.invite": (ctx, { personId }) => ask(ctx, relationshipSurvey, String(personId)),
  "relationship.remind": (ctx, { inviteId }) => remind(ctx, relationshipSurvey, String(inviteId)),
  "relationship.expire": (ctx, { inviteId }) => expire(ctx, relationshipSurvey, String(inviteId)),
};
