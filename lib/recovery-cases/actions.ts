"use server";

import { action } from "../server/action";
import { assignCase, closeCase, setRecovery, takeCaseStep } from "./commands";
import { AssignCase, CloseCase, SetRecovery, TakeCaseStep } from "./schema";

export const takeCaseStepAction = action(TakeCaseStep, takeCaseStep);
export const assignCaseAction = action(AssignCase, assignCase);
export const closeCaseAction = action(CloseCase, closeCase);
export const setRecoveryAction = action(SetRecovery, setRecovery);
