import type { Context } from "../context";
import { readBudgets } from "../csm-hours/queries";
import { policyInForce } from "../scenarios/queries";
import { usualHours } from "../scenarios/vocabulary";
import type { Shortage } from "./schema";

type Asked = { id: string; toSpokeId: string; scenario: string | null };

/**
 * What the scenario of a handoff takes of customer success against what its receiver, or the department, has free besides what
 * other handoffs hold; null where nobody says how much that is, or another department receives. Asks no permission.
 */
export async function readShortage(
  ctx: Context,
  { id, toSpokeId, scenario }: Asked,
  memberId: string | null,
): Promise<Shortage | null> {
  const { workspaceId } = ctx;
  const spoke = await ctx.db.spoke.findFirst({ where: { workspaceId, id: toSpokeId }, select: { key: true } });
  if (spoke?.key !== "cs") return null;
  const [{ members, team }, policy] = await Promise.all([readBudgets(ctx, id), policyInForce(ctx)]);
  const { free } = memberId ? (members.find((each) => each.memberId === memberId) ?? { free: null }) : team;
  if (free === null) return null;
  const hours = { A: 0, B: policy?.hoursB ?? usualHours.B, C: policy?.hoursC ?? usualHours.C };
  const needed = Math.round((scenario === "B" || scenario === "C" ? hours[scenario] : hours.A) * 60);
  return { free, needed, isShort: free <= 0 || free < needed };
}
