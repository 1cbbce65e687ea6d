import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { type BulkInteraction, insertInteractions } from "@/lib/interactions/commands";
import { tellRelationship } from "@/lib/load/relationship-example";
import { writeResponse } from "@/lib/responses/commands";
import { GiveResponse } from "@/lib/responses/schema";
import { sealSurveyToken } from "@/lib/responses/token";
import { record, transaction } from "@/lib/transaction";

export type Voiced = Partial<BulkInteraction> & { customerId: string };

/** A contact that happened, without any clock. */
export async function contactWith(ctx: Context, { customerId, ...rest }: Voiced): Promise<string> {
  const id = newId();
  await inWorkspace(ctx.workspaceId, () =>
    transaction(ctx, async (ctx) => {
      const plain = { medium: "phone", type: "follow-up", direction: "outbound", isTwoWay: true, moments: [] };
      await insertInteractions(ctx, [{ ...plain, startedAt: ctx.now, ...rest, id, customerId }]);
      record(ctx, "interaction.logged", { subject: `interaction:${id}`, customerId });
    }),
  );
  return id;
}

/** What was said of it. */
export function say(ctx: Context, interactionId: string, said: Record<string, unknown>) {
  const input = GiveResponse.parse(said);
  return inWorkspace(ctx.workspaceId, () => writeResponse(ctx, { ...input, interactionId }));
}

type Rows = Record<string, string[]>;

/** Every counter of a workspace as it stands, as sorted text. */
export async function countersOf(ctx: Context): Promise<Rows> {
  const { workspaceId, db } = ctx;
  return inWorkspace(workspaceId, async () => {
    const [row] = await db.$queryRaw<{ all: Rows }[]>`select json_build_object(
      'experience_counts', (select coalesce(json_agg(t order by t), '[]') from (select concat_ws(' ', week, agent_id, medium, route, type, spoke_id, n, k) t from experience_counts where workspace_id = ${workspaceId}::uuid) s),
      'experience_weeks', (select coalesce(json_agg(t order by t), '[]') from (select concat_ws(' ', week, medium, route, type, n, k) t from experience_weeks where workspace_id = ${workspaceId}::uuid) s),
      'experience_customer_channels', (select coalesce(json_agg(t order by t), '[]') from (select concat_ws(' ', customer_id, "by", type, channel, week, poor_week) t from experience_customer_channels where workspace_id = ${workspaceId}::uuid) s),
      'experience_customer_weeks', (select coalesce(json_agg(t order by t), '[]') from (select concat_ws(' ', "by", type, week, served, consistent) t from experience_customer_weeks where workspace_id = ${workspaceId}::uuid) s),
      'survey_weeks', (select coalesce(json_agg(t order by t), '[]') from (select concat_ws(' ', week, type, invited, answered) t from survey_weeks where workspace_id = ${workspaceId}::uuid) s),
      'voice_weeks', (select coalesce(json_agg(t order by t), '[]') from (select to_jsonb(v) - 'workspace_id' t from voice_weeks v where workspace_id = ${workspaceId}::uuid) s)) as all`;
    return row?.all ?? {};
  });
}

/** The same after a full recount of the rows. */
export async function recountOf(ctx: Context): Promise<Rows> {
  await inWorkspace(ctx.workspaceId, () => ctx.db.$executeRaw`select app.recount_experience(${ctx.workspaceId}::uuid)`);
  return countersOf(ctx);
}

/** An invitation that was sent just now about a contact; the token of its link. */
export async function inviteTo(ctx: Context, customerId: string, rest: Partial<Voiced> = {}): Promise<string> {
  const { workspaceId, now } = ctx;
  const interactionId = await contactWith(ctx, { agentId: ctx.memberId, ...rest, customerId });
  const inviteId = newId();
  const expiresAt = new Date(now.getTime() + 14 * 86_400_000);
  await inWorkspace(
    workspaceId,
    () => ctx.db
      .$executeRaw`insert into survey_invites (workspace_id, id, interaction_id, medium, type, language, state, probability, seed, created_at, sent_at, expires_at)
      values (${workspaceId}::uuid, ${inviteId}::uuid, ${interactionId}::uuid, 'phone', 'follow-up', 'en', 'sent', 1, 1, ${now}, ${now}, ${expiresAt})`,
  );
  return sealSurveyToken({ workspaceId, inviteId });
}

/** The token of a question about the relationship that the first person of a customer was sent just now. */
export async function relationshipInviteTo(ctx: Context, customerId: string): Promise<string> {
  const { workspaceId } = ctx;
  return inWorkspace(workspaceId, async () => {
    await tellRelationship(ctx, [{ customerId, sentAt: ctx.now, nps: null }]);
    const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
      select s.id from relationship_invites s join persons p on p.workspace_id = s.workspace_id and p.id = s.person_id
      where s.workspace_id = ${workspaceId}::uuid and p.customer_id = ${customerId}::uuid`;
    return sealSurveyToken({ workspaceId, inviteId: row?.id ?? "" });
  });
}

/** Ratings in several channels, enough for a verdict, with one member's own view that differs. */
export async function furnishVoices(ctx: Context, customerId: string): Promise<void> {
  const media = ["phone", "email", "chat"] as const;
  for (let each = 0; each < 66; each++) {
    const week = Math.floor(each / 8);
    const then = { ...ctx, now: new Date(ctx.now.getTime() - week * 7 * 86_400_000) };
    const medium = media[each % 3] ?? "phone";
    const route = each % 2 === 0 ? "inside" : "territory";
    const id = await contactWith(then, { customerId, medium, route, agentId: ctx.memberId });
    const isGood = medium === "email" ? each % 4 === 0 : each % 9 !== 0;
    await say(then, id, { expectation: 4, outcome: isGood ? 5 : 2, comment: isGood ? "" : "I had to ask twice." });
    if (each === 1) await say(then, id, { source: "staff", outcome: 5, comment: "Went well." });
  }
}
