import { requirePermission } from "../auth/permissions";
import { isRole, type Role } from "../auth/roles";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { reassignAllOf } from "../journeys/osc";
import { record, transaction } from "../transaction";
import { issueInvitation, mailInvitation } from "./invitations";
import { planKeepers, planManage, planRoles } from "./rules";
import type { ChangeMember, InviteMember, MemberKey } from "./schema";

/** One member as a command finds her. */
export type LoadedMember = {
  id: string;
  name: string;
  email: string | null;
  userId: string | null;
  roles: Role[];
  status: string;
  version: number;
};

const rolesOf = (list: readonly string[]): Role[] => list.filter(isRole);

/**
 * The member, locked, after everybody who manages members: two admins who change each other at once wait here, and the second
 * one is judged by what the first has left.
 */
export async function lockMember(ctx: Context, memberId: string): Promise<LoadedMember> {
  const { workspaceId } = ctx;
  await ctx.db.$queryRaw`select id from members where workspace_id = ${workspaceId}::uuid
    and (roles && array['owner', 'admin'] or id = ${memberId}::uuid) order by id for update`;
  const member = await ctx.db.member.findFirst({
    where: { workspaceId, id: memberId },
    select: { id: true, name: true, email: true, userId: true, roles: true, status: true, version: true },
  });
  if (!member) throw new AppError("not_found", "member");
  return { ...member, roles: rolesOf(member.roles) };
}

/** Throws unless the workspace can do without the member in her old roles; `roles` are the ones she keeps. */
export async function requireKeepers(ctx: Context, member: LoadedMember, roles: Role[]): Promise<void> {
  if (member.status !== "active") return;
  const active = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, status: "active", roles: { hasSome: ["owner", "admin"] } },
    select: { id: true, roles: true },
  });
  const keepers = active.map((each) => ({ id: each.id, roles: rolesOf(each.roles) }));
  enforce(planKeepers(keepers, { id: member.id, roles }));
}

/** Throws `conflict` with the row as it now stands when somebody changed it since it was read. */
export function requireVersion(member: LoadedMember, version: number): void {
  if (member.version !== version) throw new AppError("conflict", "version", { current: member });
}

async function requirePlaces(ctx: Context, input: Partial<Pick<ChangeMember, "spokeId" | "teamId" | "calendarId">>) {
  const { workspaceId } = ctx;
  const { spokeId, teamId, calendarId } = input;
  const found = await Promise.all([
    spokeId ? ctx.db.spoke.findFirst({ where: { workspaceId, id: spokeId }, select: { id: true } }) : true,
    teamId ? ctx.db.team.findFirst({ where: { workspaceId, id: teamId }, select: { id: true } }) : true,
    calendarId ? ctx.db.calendar.findFirst({ where: { workspaceId, id: calendarId }, select: { id: true } }) : true,
  ]);
  const [spoke, team, calendar] = found;
  if (!spoke) throw new AppError("not_found", "spoke");
  if (!team) throw new AppError("not_found", "team");
  if (!calendar) throw new AppError("not_found", "calendar");
}

/** The member that an invitation is for: the named one, she who was invited before, or a new one. */
async function memberToInvite(ctx: Context, input: InviteMember): Promise<string> {
  const { workspaceId } = ctx;
  const { email, name, roles } = input;
  const details = {
    name,
    email,
    roles,
    ...(input.spokeId === undefined ? {} : { spokeId: input.spokeId }),
    ...(input.teamId === undefined ? {} : { teamId: input.teamId }),
    ...(input.languages ? { languages: input.languages } : {}),
  };
  const holder = await ctx.db.member.findFirst({
    where: { workspaceId, email: { equals: email, mode: "insensitive" }, status: { in: ["invited", "active"] } },
    select: { id: true },
  });
  const id = input.memberId ?? holder?.id;
  if (holder && holder.id !== id) throw new AppError("refused", "email_taken");
  if (!id) {
    const memberId = newId();
    await ctx.db.member.create({ data: { ...details, workspaceId, id: memberId, status: "invited" } });
    return memberId;
  }
  const member = await lockMember(ctx, id);
  if (member.userId) throw new AppError("refused", "already_member");
  if (member.status === "deactivated") throw new AppError("refused", "former_member");
  enforce(planManage(ctx.roles, member.roles));
  enforce(planRoles(ctx.roles, member.roles, roles));
  await ctx.db.member.updateMany({ where: { workspaceId, id }, data: { ...details, version: { increment: 1 } } });
  return id;
}

/** Invites somebody by e-mail with a link of seven days; inviting again sends a new link and withdraws the old one. */
export async function inviteMember(ctx: Context, input: InviteMember): Promise<{ memberId: string }> {
  requirePermission(ctx, "members.manage");
  enforce(planRoles(ctx.roles, [], input.roles));
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    // Two invitations of one e-mail at once wait for each other here.
    await ctx.db.$queryRaw`select 1 from workspace_settings where workspace_id = ${workspaceId}::uuid for update`;
    await requirePlaces(ctx, input);
    const memberId = await memberToInvite(ctx, input);
    const token = await issueInvitation(ctx, { memberId, email: input.email });
    await mailInvitation(ctx, input.email, token);
    record(ctx, "member.invited", {
      subject: `member:${memberId}`,
      detail: { email: input.email, roles: input.roles },
    });
    return { memberId };
  });
}

/** Sends a new link to somebody who has not come yet; the old one stops working. */
export async function resendInvitation(ctx: Context, { memberId }: MemberKey): Promise<void> {
  requirePermission(ctx, "members.manage");
  await transaction(ctx, async (ctx) => {
    const member = await lockMember(ctx, memberId);
    enforce(planManage(ctx.roles, member.roles));
    if (member.userId || !member.email || member.status === "deactivated") throw new AppError("refused", "not_invited");
    const token = await issueInvitation(ctx, { memberId, email: member.email });
    await mailInvitation(ctx, member.email, token);
    record(ctx, "member.invited", { subject: `member:${memberId}`, detail: { email: member.email, again: true } });
  });
}

/** Withdraws the open link of a member; whoever has it finds it gone. */
export async function revokeInvitation(ctx: Context, { memberId }: MemberKey): Promise<void> {
  requirePermission(ctx, "members.manage");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const member = await lockMember(ctx, memberId);
    enforce(planManage(ctx.roles, member.roles));
    const { count } = await ctx.db.invitation.updateMany({
      where: { workspaceId, memberId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0) throw new AppError("refused", "not_invited");
    record(ctx, "invitation.revoked", { subject: `member:${memberId}`, detail: { email: member.email } });
  });
}

/** Who stops being an OSC hands her customers to the leader of the coverage group; the last one cannot stop. */
async function handOverCustomers(ctx: Context, member: LoadedMember): Promise<void> {
  const { workspaceId } = ctx;
  const settings = await ctx.db.workspaceSettings.findFirst({
    where: { workspaceId },
    select: { coverageLeadId: true },
  });
  const others = await ctx.db.member.count({
    where: { workspaceId, status: "active", roles: { has: "osc" }, id: { not: member.id } },
  });
  if (others === 0) throw new AppError("refused", "last_osc");
  const heirId = settings?.coverageLeadId;
  if (heirId && heirId !== member.id) await reassignAllOf(ctx, member.id, heirId, "role_changed");
}

/** Changes a member: name, phone, roles, department, team, languages, hours, capacity, absence. */
export async function changeMember(ctx: Context, input: ChangeMember): Promise<{ version: number }> {
  requirePermission(ctx, "members.manage");
  const { memberId, version, ...changes } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const member = await lockMember(ctx, memberId);
    requireVersion(member, version);
    enforce(planManage(ctx.roles, member.roles));
    if (changes.roles) {
      enforce(planRoles(ctx.roles, member.roles, changes.roles));
      await requireKeepers(ctx, member, changes.roles);
      if (member.status === "active" && member.roles.includes("osc") && !changes.roles.includes("osc"))
        await handOverCustomers(ctx, member);
    }
    await requirePlaces(ctx, changes);
    await ctx.db.member.updateMany({
      where: { workspaceId, id: memberId, version },
      data: { ...withoutGaps(changes), version: { increment: 1 } },
    });
    record(ctx, "member.changed", {
      subject: `member:${memberId}`,
      detail: { ...changes, ...(changes.roles ? { rolesBefore: member.roles } : {}) },
    });
    return { version: version + 1 };
  });
}

/** The fields that were given; an absent one stays as it is. */
function withoutGaps<T extends object>(changes: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never;
}
