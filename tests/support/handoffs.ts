import { dayKey } from "@/lib/calendar/day";
import type { Context } from "@/lib/context";
import { logCsmHours, setCsmCapacity } from "@/lib/csm-hours/commands";
import { LogCsmHours } from "@/lib/csm-hours/schema";
import { inWorkspace } from "@/lib/db";
import { draftHandoff, fillPacketItem } from "@/lib/handoffs/commands";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { DraftHandoff, FillPacketItem, ProposeHandoff } from "@/lib/handoffs/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { makePromise } from "@/lib/promises/commands";
import { makeMember, type TestMember, type TestWorkspace } from "./factories";
import { monday, Team } from "./owed";

const mandatory = ["goals", "stakeholders", "scope"] as const;

/** A team with a closer in senior sales and two designers, and customers who are about to leave the contract for design. */
export class HandoffTeam {
  private constructor(
    readonly team: Team,
    readonly closer: TestMember,
    readonly second: TestMember,
  ) {}

  static async make(): Promise<HandoffTeam> {
    const team = await Team.make();
    return new HandoffTeam(
      team,
      await makeMember(team.workspace, { name: "Ines Cordero", roles: ["senior_sales"], spoke: "senior_sales" }),
      await makeMember(team.workspace, { name: "Gil Amit", roles: ["design"], spoke: "design" }),
    );
  }

  /** A customer whose journey stands in the stage, answered for by whom. */
  async customer(stageKey = "contract", by: TestMember = this.closer) {
    const { team } = this;
    const made = await team.customer();
    const ctx = await team.as(team.osc);
    await team.run(async () => {
      const stages = await ctx.db.stage.findMany({ where: { workspaceId: team.workspace.id } });
      const way = ["appointment", "working", "contract"];
      for (const key of way.slice(0, way.indexOf(stageKey) + 1)) {
        const toStageId = stages.find((stage) => stage.key === key)?.id ?? "";
        const isLast = key === stageKey;
        await moveJourney(ctx, {
          customerId: made.customerId,
          toStageId,
          need: "a home",
          fields: {},
          ...(isLast ? { accountableId: by.memberId } : {}),
        });
      }
    });
    const journey = await this.journey(made.customerId);
    return { customerId: made.customerId, journeyId: journey.id };
  }

  async journey(customerId: string) {
    const ctx = await this.team.worker(monday);
    const where = { workspaceId: this.team.workspace.id, customerId };
    return this.team.run(() => ctx.db.journey.findFirstOrThrow({ where }));
  }

  async handoff(id: string) {
    const ctx = await this.team.worker(monday);
    return this.team.run(() => ctx.db.handoff.findFirstOrThrow({ where: { workspaceId: this.team.workspace.id, id } }));
  }

  /** Writes every mandatory item; promises by a promise. */
  async fill(ctx: Context, customerId: string): Promise<void> {
    await this.team.run(async () => {
      for (const key of mandatory)
        await fillPacketItem(ctx, FillPacketItem.parse({ customerId, key, text: `The ${key}.` }));
      const dueAt = new Date(ctx.now.getTime() + 30 * 86_400_000);
      await makePromise(ctx, { customerId, text: "Oak floor at no charge", dueAt });
    });
  }

  /** A handoff to design that was drafted. */
  async draft(customerId: string, by: TestMember = this.closer, now = monday): Promise<string> {
    const ctx = await this.team.as(by, now);
    const toSpokeId = await this.team.spokeId("design");
    return (await this.team.run(() => draftHandoff(ctx, DraftHandoff.parse({ customerId, toSpokeId })))).id;
  }

  /** A handoff to design, complete and proposed. */
  async propose(customerId: string, by: TestMember = this.closer, now = monday): Promise<string> {
    const id = await this.draft(customerId, by, now);
    const ctx = await this.team.as(by, now);
    await this.fill(ctx, customerId);
    await this.team.run(() => proposeHandoff(ctx, ProposeHandoff.parse({ id })));
    return id;
  }
}

/** A handoff of a customer to design that a manager drafted, with a packet that is complete; proposed when that is wanted. */
export async function furnishHandoff(manager: Context, customerId: string, isProposed: boolean): Promise<string> {
  return inWorkspace(manager.workspaceId, async () => {
    for (const key of mandatory)
      await fillPacketItem(manager, FillPacketItem.parse({ customerId, key, text: `The ${key}, as they told us.` }));
    await fillPacketItem(manager, FillPacketItem.parse({ customerId, key: "promises", isApplicable: false }));
    const { id: toSpokeId } = await manager.db.spoke.findFirstOrThrow({
      where: { workspaceId: manager.workspaceId, key: "design" },
    });
    const reason = "Dana is away";
    const { id } = await draftHandoff(manager, DraftHandoff.parse({ customerId, toSpokeId, reason }));
    if (isProposed) await proposeHandoff(manager, ProposeHandoff.parse({ id, reason }));
    return id;
  });
}

/** An hour of customer success on a customer's journey, logged by a manager today, of a member who is made for it. */
export async function furnishHours(workspace: TestWorkspace, manager: Context, customerId: string): Promise<void> {
  const { memberId } = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  const spentOn = dayKey(manager.timeZone, manager.now);
  await inWorkspace(manager.workspaceId, async () => {
    const where = { workspaceId: manager.workspaceId, customerId, isPrimary: true };
    const { id: journeyId } = await manager.db.journey.findFirstOrThrow({ where });
    await setCsmCapacity(manager, { memberId: null, minutesWeek: 1_200 });
    const entry = { journeyId, memberId, minutes: 60, spentOn, note: "Joined the demo" };
    await logCsmHours(manager, LogCsmHours.parse(entry));
  });
}
