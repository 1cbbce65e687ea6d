import type { Context } from "../context";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { insertInteractions } from "../interactions/commands";
import { answerDays } from "../responses/schema";
import { answerSurvey } from "../responses/survey";
import { record, transaction } from "../transaction";
import { workingHour } from "./example-frame";

const hour = 3_600_000;
const type = "Example F91";

/** After how many hours each of five people who were asked answered (DOMAIN F91). */
const delays = [2, 4, 7, 11, 30];

/** Five contacts, asked about at the same hour and answered sooner or later. */
export async function tellDelays(ctx: Context, customerIds: readonly string[]): Promise<void> {
  const { workspaceId } = ctx;
  const sentAt = workingHour(ctx.now, 2);
  const expiresAt = new Date(sentAt.getTime() + answerDays * 24 * hour);
  for (const [each, delay] of delays.entries()) {
    const [interactionId, inviteId] = [newId(), newId()];
    const customerId = customerIds[each] ?? "";
    const about = { type, medium: "phone", direction: "outbound", isTwoWay: true, moments: [] };
    const then = { ...ctx, now: new Date(sentAt.getTime() + delay * hour) };
    await transaction(then, async (then) => {
      await insertInteractions(then, [{ ...about, id: interactionId, customerId, startedAt: sentAt }]);
      const asked = { state: "sent", probability: 1, seed: each, createdAt: sentAt, sentAt, expiresAt };
      const invite = { workspaceId, id: inviteId, interactionId, medium: "phone", type, language: "en", ...asked };
      await insertRows(then, "survey_invites", [invite]);
      record(then, "survey.sent", { subject: `survey_invite:${inviteId}`, customerId });
      await answerSurvey(then, inviteId, { disconfirmation: 0, outcome: 4, comment: "", language: "en" });
    });
  }
}
