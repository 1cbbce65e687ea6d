import type { Context } from "../context";
import { expire, inviteAfter, remind } from "./invite";

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const surveyTasks: Record<string, (ctx: Context, payload: Record<string, unknown>) => Promise<void>> = {
  "survey.invite": (ctx, { interactionId }) => inviteAfter(ctx, String(interactionId)),
  "survey.remind": (ctx, { inviteId }) => remind(ctx, String(inviteId)),
  "survey.expire": (ctx, { inviteId }) => expire(ctx, String(inviteId)),
};
