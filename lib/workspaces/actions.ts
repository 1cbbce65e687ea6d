"use server";

import { action } from "../server/action";
import { changeCalendar, changeWorkspace, createCalendar, createTeam, renameSpoke, renameTeam } from "./commands";
import { ChangeCalendar, ChangeWorkspace, CreateCalendar, CreateTeam, RenameSpoke, RenameTeam } from "./schema";

export const changeWorkspaceAction = action(ChangeWorkspace, changeWorkspace);
export const createCalendarAction = action(CreateCalendar, createCalendar);
export const changeCalendarAction = action(ChangeCalendar, changeCalendar);
export const renameSpokeAction = action(RenameSpoke, renameSpoke);
export const createTeamAction = action(CreateTeam, createTeam);
export const renameTeamAction = action(RenameTeam, renameTeam);
