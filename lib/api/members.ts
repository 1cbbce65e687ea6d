import { z } from "zod";
import { changeMember, inviteMember, resendInvitation, revokeInvitation } from "../members/commands";
import { deactivateMember, reactivateMember } from "../members/leaving";
import { listPeople } from "../members/options";
import { listMembers } from "../members/queries";
import { ChangeMember, DeactivateMember, InviteMember } from "../members/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

export const MemberName = z
  .object({ id: z.uuid(), name: z.string(), spokeId: z.uuid().nullable(), roles: z.array(z.string()) })
  .meta({ id: "MemberName" });

const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    roles: z.array(z.string()),
    spokeId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    calendarId: z.uuid().nullable(),
    languages: z.array(z.string()),
    timeZone: z.string().nullable(),
    capacity: z.number(),
    mayUpsell: z.boolean(),
    awayUntil: z.string().nullable(),
    status: z.string(),
    isCoverageLead: z.boolean(),
    openJourneys: z.number(),
    invitation: z.object({ expiresAt: z.string(), isExpired: z.boolean() }).nullable(),
    version: z.number(),
  })
  .meta({ id: "Member" });

const Version = z.object({ version: z.number() });
const tag = "Members";
const permission = "Admin; nobody gives or takes a role above her own.";
const leaving = DeactivateMember.omit({ memberId: true, version: true });

export const memberEndpoints = [
  endpoint({
    method: "GET",
    path: "/members",
    tag,
    summary: "The active members by name; at most 200.",
    permission: "Everybody.",
    response: pageOf(MemberName),
    handle: async (ctx) => ({ data: (await listPeople(ctx)).people, nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/members/all",
    tag,
    summary: "Every member with roles, hours and state, former ones last; at most 500.",
    permission: "Admin.",
    response: pageOf(Member),
    handle: async (ctx) => ({ data: await listMembers(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/members",
    tag,
    summary: "Invite somebody by e-mail; the link holds seven days.",
    permission,
    body: InviteMember,
    response: z.object({ memberId: z.uuid() }),
    status: 201,
    handle: inviteMember,
  }),
  endpoint({
    method: "PATCH",
    path: "/members/{id}",
    tag,
    summary: "Change roles, department, languages, capacity or absence; If-Match names the member's version.",
    permission,
    params: ById,
    body: ChangeMember.omit({ memberId: true, version: true }),
    response: Version,
    isVersioned: true,
    handle: (ctx, { id, ...input }, { version }) => changeMember(ctx, { ...input, memberId: id, version }),
  }),
  endpoint({
    method: "POST",
    path: "/members/{id}/invitation",
    tag,
    summary: "Send a new link; the old one stops working.",
    permission,
    params: ById,
    handle: (ctx, { id }) => resendInvitation(ctx, { memberId: id }),
  }),
  endpoint({
    method: "DELETE",
    path: "/members/{id}/invitation",
    tag,
    summary: "Withdraw an invitation.",
    permission,
    params: ById,
    handle: (ctx, { id }) => revokeInvitation(ctx, { memberId: id }),
  }),
  endpoint({
    method: "POST",
    path: "/members/{id}/deactivate",
    tag,
    summary: "End somebody's access at once; her customers go to the successor. If-Match names the version.",
    permission,
    params: ById,
    body: leaving,
    response: Version,
    isVersioned: true,
    handle: (ctx, { id, ...input }, { version }) => deactivateMember(ctx, { ...input, memberId: id, version }),
  }),
  endpoint({
    method: "POST",
    path: "/members/{id}/reactivate",
    tag,
    summary: "Let a former member in again. If-Match names the version.",
    permission,
    params: ById,
    response: Version,
    isVersioned: true,
    handle: (ctx, { id }, { version }) => reactivateMember(ctx, { memberId: id, version }),
  }),
];
