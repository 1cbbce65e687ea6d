"use server";

import { action } from "../server/action";
import { assignScenario } from "./assign";
import { createExperiment, discardExperiment, startExperiment, stopExperiment } from "./experiments";
import { AssignScenario, CreateExperiment, ExperimentKey, StartExperiment, StopExperiment } from "./schema";

export const assignScenarioAction = action(AssignScenario, assignScenario);
export const createExperimentAction = action(CreateExperiment, createExperiment);
export const startExperimentAction = action(StartExperiment, startExperiment);
export const stopExperimentAction = action(StopExperiment, stopExperiment);
export const discardExperimentAction = action(ExperimentKey, discardExperiment);
