import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { transaction } from "../transaction";
import { updateRow } from "../update-row";
import { clockMilestone } from "./clock";
import { dateOf, dayOf, loadMilestone, loadOnboarding, mayTake, requireLead, tell, todayOf } from "./load";
import { planDay, planEdit, planEnd, planMilestone } from "./rules";
import type { AddMilestone, EditMilestone, EndOnboarding, NoteKickoff, SetMilestone } from "./schema";

type Answer = { version: number };

/** Says how far a milestone is; its owner and department take theirs, whoever leads takes any. What ended stays so. */
export async function setMilestone(ctx: Context, input: SetMilestone): Promise<Answer> {
  requirePermission(ctx, "onboardings.run");
  return transaction(ctx, async (ctx) => {
    const found = await loadOnboarding(ctx, { id: input.id });
    const milestone = await loadMilestone(ctx, found, input);
    if (!mayTake(ctx, found.onboarding, milestone)) throw new AppError("forbidden", "onboardings.run");
    const { state } = enforce(planMilestone(found.onboarding.state, milestone.state, input.state, input.note));
    const ended = state === "in_progress" ? {} : { endedAt: ctx.now, endedById: ctx.memberId };
    await updateRow(ctx, "onboarding_milestones", milestone.id, { state, ...ended, note: input.note });
    const detail = { milestoneId: milestone.id, name: milestone.name, before: milestone.state, note: input.note };
    return tell(ctx, found, `onboarding.milestone_${state}`, {}, detail);
  });
}

/** An active member and a department of this workspace. Throws `not_found`. */
async function requireNamed(ctx: Context, { ownerId, spokeId }: { ownerId: string | null; spokeId: string }) {
  const { workspaceId } = ctx;
  const spoke = await ctx.db.spoke.findFirst({ where: { workspaceId, id: spokeId, archivedAt: null } });
  if (!spoke) throw new AppError("not_found", "spoke");
  if (ownerId === null) return;
  const member = await ctx.db.member.findFirst({ where: { workspaceId, id: ownerId, status: "active" } });
  if (!member) throw new AppError("not_found", "member");
}

/** Adds a milestone at the end; being on time is measured against the day it gets here. For who leads the onboarding. */
export async function addMilestone(ctx: Context, input: AddMilestone): Promise<Answer & { milestoneId: string }> {
  requirePermission(ctx, "onboardings.run");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { id, ...content } = input;
    const found = await loadOnboarding(ctx, { id });
    requireLead(ctx, found.onboarding);
    enforce(planEdit(found.onboarding.state, "planned"));
    await requireNamed(ctx, content);
    const position = await ctx.db.onboardingMilestone.count({ where: { workspaceId, onboardingId: id } });
    if (position >= 100) throw new AppError("refused", "too_many_milestones");
    const milestoneId = newId();
    await ctx.db.onboardingMilestone.create({
      data: {
        ...{ workspaceId, id: milestoneId, onboardingId: id, position },
        ...{ ...content, firstDueAt: content.dueAt, createdAt: ctx.now },
      },
    });
    clockMilestone(ctx, { id: milestoneId, dueAt: content.dueAt });
    const answer = await tell(ctx, found, "onboarding.milestone_added", {}, { milestoneId, ...content });
    return { ...answer, milestoneId };
  });
}

/** Rewrites an open milestone: name, owner, department, day, and whether the customer sees it. The day first agreed stays what it was. */
export async function editMilestone(ctx: Context, input: EditMilestone): Promise<Answer> {
  requirePermission(ctx, "onboardings.run");
  return transaction(ctx, async (ctx) => {
    const { id, milestoneId, version, ...content } = input;
    const found = await loadOnboarding(ctx, { id });
    requireLead(ctx, found.onboarding);
    const milestone = await loadMilestone(ctx, found, { milestoneId, version });
    enforce(planEdit(found.onboarding.state, milestone.state));
    await requireNamed(ctx, content);
    await updateRow(ctx, "onboarding_milestones", milestone.id, content);
    clockMilestone(ctx, { id: milestone.id, dueAt: content.dueAt });
    const { name, ownerId, spokeId, dueAt, isCustomerVisible } = milestone;
    const detail = { milestoneId, before: { name, ownerId, spokeId, dueAt, isCustomerVisible }, after: content };
    return tell(ctx, found, "onboarding.milestone_edited", {}, detail);
  });
}

/** Writes down the day of the kickoff, once. Throws `refused` `kickoff_noted`, `in_the_future`, `before_the_win`. */
export async function noteKickoff(ctx: Context, { id, on }: NoteKickoff): Promise<Answer> {
  requirePermission(ctx, "onboardings.run");
  return transaction(ctx, async (ctx) => {
    const found = await loadOnboarding(ctx, { id });
    const { onboarding } = found;
    requireLead(ctx, onboarding);
    if (onboarding.kickoffOn) throw new AppError("refused", "kickoff_noted");
    if (onboarding.state !== "open") throw new AppError("refused", "onboarding_ended");
    enforce(planDay(on, todayOf(ctx, found.loaded), dayOf(onboarding.wonOn), "on"));
    const data = { kickoffOn: dateOf(on), kickoffRecordedAt: ctx.now };
    return tell(ctx, found, "onboarding.kickoff_noted", data, { on });
  });
}

/** Ends an onboarding: done once no milestone is open, or cancelled with a reason. */
export async function endOnboarding(ctx: Context, { id, version, state, note }: EndOnboarding): Promise<Answer> {
  requirePermission(ctx, "onboardings.run");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await loadOnboarding(ctx, { id, version });
    requireLead(ctx, found.onboarding);
    const open = await ctx.db.onboardingMilestone.count({ where: { workspaceId, onboardingId: id, endedAt: null } });
    enforce(planEnd(found.onboarding.state, state, open, note));
    const data = { state, endedAt: ctx.now, endedById: ctx.memberId, endNote: note };
    return tell(ctx, found, `onboarding.${state}`, data, { note, open });
  });
}
