"use server";

import { action } from "../server/action";
import { cancelHandoff, draftHandoff, fillPacketItem } from "./commands";
import { declineHandoff } from "./decline";
import { introduceHandoff } from "./introduce";
import { proposeHandoff } from "./propose";
import { markReasked } from "./reask";
import { acceptHandoff, rateHandoff, rejectHandoff } from "./receive";
import { chooseScenario } from "./scenario";
import {
  AcceptHandoff,
  CancelHandoff,
  ChooseScenario,
  DraftHandoff,
  FillPacketItem,
  IntroduceHandoff,
  MarkReasked,
  ProposeHandoff,
  RateHandoff,
  RejectHandoff,
} from "./schema";

export const draftHandoffAction = action(DraftHandoff, draftHandoff);
export const proposeHandoffAction = action(ProposeHandoff, proposeHandoff);
export const cancelHandoffAction = action(CancelHandoff, cancelHandoff);
export const fillPacketItemAction = action(FillPacketItem, fillPacketItem);
export const acceptHandoffAction = action(AcceptHandoff, acceptHandoff);
export const rejectHandoffAction = action(RejectHandoff, rejectHandoff);
export const rateHandoffAction = action(RateHandoff, rateHandoff);
export const introduceHandoffAction = action(IntroduceHandoff, introduceHandoff);
export const markReaskedAction = action(MarkReasked, markReasked);
export const chooseScenarioAction = action(ChooseScenario, chooseScenario);
export const declineHandoffAction = action(CancelHandoff, declineHandoff);
