"use server";

import { action } from "../server/action";
import { approveProposal, rejectProposal, submitProposal } from "./approvals";
import {
  acceptProposal,
  declineProposal,
  draftProposal,
  editProposal,
  presentProposal,
  resolveConflict,
  withdrawProposal,
} from "./commands";
import { draftOptions } from "./draft-options";
import {
  AcceptProposal,
  DecideProposal,
  DraftOptions,
  DraftProposal,
  EditProposal,
  EndProposal,
  MoveProposal,
  ResolveConflict,
  WaiveConflict,
} from "./schema";
import { waiveConflict } from "./waive";

export const draftProposalAction = action(DraftProposal, draftProposal);
export const draftOptionsAction = action(DraftOptions, draftOptions);
export const editProposalAction = action(EditProposal, editProposal);
export const submitProposalAction = action(MoveProposal, submitProposal);
export const approveProposalAction = action(DecideProposal, approveProposal);
export const rejectProposalAction = action(DecideProposal, rejectProposal);
export const presentProposalAction = action(MoveProposal, presentProposal);
export const acceptProposalAction = action(AcceptProposal, acceptProposal);
export const declineProposalAction = action(EndProposal, declineProposal);
export const withdrawProposalAction = action(EndProposal, withdrawProposal);
export const resolveConflictAction = action(ResolveConflict, resolveConflict);
export const waiveConflictAction = action(WaiveConflict, waiveConflict);
