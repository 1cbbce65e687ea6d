"use server";

import { action } from "../server/action";
import { createDraft, discardDraft, makeDefaultTemplate, publishTemplate, updateDraft } from "./commands";
import { CreateDraft, PublishTemplate, TemplateKey, UpdateDraft } from "./schema";

export const createDraftAction = action(CreateDraft, createDraft);
export const updateDraftAction = action(UpdateDraft, updateDraft);
export const publishTemplateAction = action(PublishTemplate, publishTemplate);
export const discardDraftAction = action(TemplateKey, discardDraft);
export const makeDefaultTemplateAction = action(TemplateKey, makeDefaultTemplate);
