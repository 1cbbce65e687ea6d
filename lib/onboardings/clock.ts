import type { Context } from "../context";
import { enqueue } from "../transaction";

/** A milestone that is still open on its day is told of then; a new day replaces the old one's clock. */
export function clockMilestone(ctx: Context, { id, dueAt }: { id: string; dueAt: Date }): void {
  enqueue(ctx, "onboarding.milestone_due", { milestoneId: id }, { runAt: dueAt, key: `milestone:${id}` });
}
