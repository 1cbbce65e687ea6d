"use server";

import { action } from "../server/action";
import {
  createStandard,
  discardStandardDraft,
  draftStandard,
  publishStandard,
  retireStandard,
  saveStandardDraft,
} from "./commands";
import { CreateStandard, PublishDraft, SaveDraft, StandardKey } from "./schema";

export const createStandardAction = action(CreateStandard, createStandard);
export const draftStandardAction = action(StandardKey, draftStandard);
export const saveStandardDraftAction = action(SaveDraft, saveStandardDraft);
export const publishStandardAction = action(PublishDraft, publishStandard);
export const discardStandardDraftAction = action(StandardKey, discardStandardDraft);
export const retireStandardAction = action(StandardKey, retireStandard);
