"use server";

import { action } from "../server/action";
import { addMilestone, editMilestone, endOnboarding, noteKickoff, setMilestone } from "./commands";
import { defineFirstValue, measureFirstValue } from "./first-value";
import { createPlan, savePlan } from "./plans";
import {
  AddMilestone,
  CreatePlan,
  DefineFirstValue,
  EditMilestone,
  EndOnboarding,
  MeasureFirstValue,
  NoteKickoff,
  SavePlan,
  SetMilestone,
  StartOnboarding,
} from "./schema";
import { startOnboarding } from "./start";

export const startOnboardingAction = action(StartOnboarding, startOnboarding);
export const setMilestoneAction = action(SetMilestone, setMilestone);
export const addMilestoneAction = action(AddMilestone, addMilestone);
export const editMilestoneAction = action(EditMilestone, editMilestone);
export const noteKickoffAction = action(NoteKickoff, noteKickoff);
export const endOnboardingAction = action(EndOnboarding, endOnboarding);
export const defineFirstValueAction = action(DefineFirstValue, defineFirstValue);
export const measureFirstValueAction = action(MeasureFirstValue, measureFirstValue);
export const savePlanAction = action(SavePlan, savePlan);
export const createPlanAction = action(CreatePlan, createPlan);
