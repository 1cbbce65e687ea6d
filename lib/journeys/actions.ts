"use server";

import { action } from "../server/action";
import { moveJourney, setJourneyFields, setNextTouchpoint, takeBaton } from "./commands";
import { completeJourney, loseJourney, reopenJourney } from "./endings";
import { markIntroduced, reassignOsc } from "./osc";
import { holdJourney, resumeJourney } from "./pauses";
import { closeOffTrackEvent, completeRecoveryStep } from "./recovery";
import {
  CloseOffTrack,
  CompleteStep,
  HoldJourney,
  JourneyKeyInput,
  LoseJourney,
  MoveJourney,
  ReassignOsc,
  ReopenJourney,
  SetFields,
  SetNext,
  TakeBaton,
} from "./schema";

export const moveJourneyAction = action(MoveJourney, moveJourney);
export const holdJourneyAction = action(HoldJourney, holdJourney);
export const resumeJourneyAction = action(JourneyKeyInput, resumeJourney);
export const loseJourneyAction = action(LoseJourney, loseJourney);
export const reopenJourneyAction = action(ReopenJourney, reopenJourney);
export const completeJourneyAction = action(JourneyKeyInput, completeJourney);
export const setNextTouchpointAction = action(SetNext, setNextTouchpoint);
export const setJourneyFieldsAction = action(SetFields, setJourneyFields);
export const takeBatonAction = action(TakeBaton, takeBaton);
export const reassignOscAction = action(ReassignOsc, reassignOsc);
export const markIntroducedAction = action(JourneyKeyInput, markIntroduced);
export const completeRecoveryStepAction = action(CompleteStep, completeRecoveryStep);
export const closeOffTrackEventAction = action(CloseOffTrack, closeOffTrackEvent);
