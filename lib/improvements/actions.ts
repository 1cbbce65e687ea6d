"use server";

import { action } from "../server/action";
import { editImprovement, linkCase, moveImprovement, proposeImprovement } from "./commands";
import { EditImprovement, LinkCase, MoveImprovement, ProposeImprovement } from "./schema";

export const proposeImprovementAction = action(ProposeImprovement, proposeImprovement);
export const editImprovementAction = action(EditImprovement, editImprovement);
export const moveImprovementAction = action(MoveImprovement, moveImprovement);
export const linkCaseAction = action(LinkCase, linkCase);
