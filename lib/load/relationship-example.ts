import type { Context } from "../context";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { answerRelationship } from "../responses/relationship-survey";
import { relationshipSeed, turnOf } from "../responses/rules";
import { answerDays } from "../responses/schema";
import { record, transaction } from "../transaction";

const hour = 3_600_000;

/** One customer whose first person was asked about the relationship, and what she said; null kept silent. */
export type RelationshipVoice = { customerId: string; sentAt: Date; nps: number | null; comment?: string };

/** Writes invitations of the past as the worker would have, and lets those who speak answer three hours later. */
export async function tellRelationship(ctx: Context, voices: readonly RelationshipVoice[]): Promise<void> {
  const { workspaceId } = ctx;
  for (const { customerId, sentAt, nps, comment = "" } of voices) {
    const where = { workspaceId, customerId, isPrimary: true };
    const { id: personId } = await ctx.db.person.findFirstOrThrow({ where, select: { id: true } });
    const id = newId();
    const { half } = turnOf(sentAt);
    await transaction({ ...ctx, now: new Date(sentAt.getTime() + 3 * hour) }, async (ctx) => {
      const expiresAt = new Date(sentAt.getTime() + answerDays * 24 * hour);
      const asked = { state: "sent", probability: 1, seed: relationshipSeed(personId, half), language: "en" };
      const invite = { workspaceId, id, personId, half, ...asked, createdAt: sentAt, sentAt, expiresAt };
      await insertRows(ctx, "relationship_invites", [invite]);
      record(ctx, "survey.sent", { subject: `relationship_invite:${id}`, customerId });
      if (nps !== null) await answerRelationship(ctx, id, { nps, comment, language: "en" });
    });
  }
}
