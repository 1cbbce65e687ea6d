import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { startJourneys } from "@/lib/journeys/start";
import { record, transaction } from "@/lib/transaction";
import type { TestMember, TestWorkspace } from "./factories";

/** The context of a member at a given time, as her request would have it. */
export async function contextOf(
  workspace: { id: string },
  member: TestMember,
  now: Date,
  roles?: Role[],
): Promise<Context> {
  const ctx = await systemContext(workspace.id, { memberId: member.memberId, now });
  const row = await inWorkspace(workspace.id, () =>
    ctx.db.member.findFirstOrThrow({ where: { workspaceId: workspace.id, id: member.memberId } }),
  );
  return {
    ...ctx,
    userId: member.userId,
    roles: roles ?? (row.roles as Role[]),
    spokeId: row.spokeId,
    teamId: row.teamId,
  };
}

/** The context of the worker at a given time. */
export function workerContext(workspace: { id: string }, now: Date): Promise<Context> {
  return systemContext(workspace.id, { now });
}

/** A household of one with a journey that starts now, owned by that OSC. */
export async function makeCustomer(
  ctx: Context,
  osc: TestMember,
  { name = "Maya Halloran", stageKey = "first", next = "template" as "template" | { name: string } } = {},
): Promise<{ customerId: string; journeyId: string; personId: string }> {
  const customerId = newId();
  const personId = newId();
  const { workspaceId } = ctx;
  return inWorkspace(workspaceId, () =>
    transaction(ctx, async (ctx) => {
      await ctx.db.customer.create({ data: { workspaceId, id: customerId, name } });
      await ctx.db.person.create({ data: { workspaceId, id: personId, customerId, name, isPrimary: true } });
      const [started] = await startJourneys(ctx, [
        {
          customerId,
          personId,
          osc: { memberId: osc.memberId, reason: "round_robin" },
          need: "a home",
          history: [{ stageKey, at: ctx.now }],
          next,
        },
      ]);
      record(ctx, "customer.created", { subject: `customer:${customerId}`, customerId });
      return { customerId, personId, journeyId: started?.journeyId ?? "" };
    }),
  );
}

/** The stage of the workspace's default template with that key. */
export async function stageIdOf(ctx: Context, key: string): Promise<string> {
  return inWorkspace(ctx.workspaceId, async () => {
    const template = await ctx.db.journeyTemplate.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, isDefault: true },
    });
    const stage = await ctx.db.stage.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, templateId: template.id, key },
    });
    return stage.id;
  });
}

export type { TestWorkspace };
