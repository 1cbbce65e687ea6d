import type { Context } from "../context";
import { newId } from "../identifiers";
import { insertInteractions } from "../interactions/commands";
import { writeResponse } from "../responses/commands";
import { GiveResponse } from "../responses/schema";
import { transaction } from "../transaction";
import { workingHour } from "./example-frame";

/** One rated contact: how, by which route and whom, how many weeks ago, of which of the example's customers, and what was said. */
export type Rating = {
  medium: string;
  route?: string;
  agent?: string;
  weeksAgo?: number;
  customer?: number;
  said: Record<string, number | string>;
};

/** The worked examples of the measures of experience, each an interaction type of its own. */
export type Example = { type: string; ratings: Rating[] };

const hour = 3_600_000;

type Scene = {
  customerIds: readonly string[];
  agents: ReadonlyMap<string, string>;
  /** Whether answers were taken in when they were given, instead of now. */
  isRecordedThen?: boolean;
};

/** Writes one example's contacts and answers through the product's own commands, in one transaction. */
export async function tellExample(
  ctx: Context,
  { type, ratings }: Example,
  { customerIds, agents, isRecordedThen = false }: Scene,
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const rows = ratings.map((rating, each) => {
      const at = new Date(workingHour(ctx.now, rating.weeksAgo ?? 1).getTime() + each * 60_000);
      return { id: newId(), customerId: customerIds[rating.customer ?? each % customerIds.length] ?? "", at, rating };
    });
    await insertInteractions(
      ctx,
      rows.map(({ id, customerId, at, rating }) => ({
        ...{ id, customerId, type, startedAt: at, medium: rating.medium, direction: "outbound", isTwoWay: true },
        ...{ moments: [], route: rating.route ?? null, agentId: agents.get(rating.agent ?? "") ?? null },
      })),
    );
    for (const { id, at, rating } of rows) {
      const answered = new Date(at.getTime() + hour);
      const answeredAt = answered.toISOString();
      await writeResponse(isRecordedThen ? { ...ctx, now: answered } : ctx, {
        ...GiveResponse.parse({ ...rating.said, answeredAt }),
        interactionId: id,
      });
    }
  });
}
