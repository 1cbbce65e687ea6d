"use server";

import { action } from "../server/action";
import { changeMember, inviteMember, resendInvitation, revokeInvitation } from "./commands";
import { deactivateMember, reactivateMember } from "./leaving";
import { removePhoto } from "./photo";
import { ChangeMember, DeactivateMember, InviteMember, MemberKey, Nothing, ReactivateMember } from "./schema";

export const inviteMemberAction = action(InviteMember, inviteMember);
export const resendInvitationAction = action(MemberKey, resendInvitation);
export const revokeInvitationAction = action(MemberKey, revokeInvitation);
export const changeMemberAction = action(ChangeMember, changeMember);
export const deactivateMemberAction = action(DeactivateMember, deactivateMember);
export const reactivateMemberAction = action(ReactivateMember, reactivateMember);
export const removePhotoAction = action(Nothing, removePhoto);
