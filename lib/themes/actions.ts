"use server";

import { action } from "../server/action";
import { discardCodebook, draftCodebook, publishCodebook, saveCodebook } from "./codebook";
import { markComment, startRound } from "./coding";
import {
  CodebookKey,
  MarkComment,
  Nothing,
  PublishCodebook,
  SaveCodebook,
  StartRound,
  TagComment,
  UntagComment,
} from "./schema";
import { tagComment, untagComment } from "./tagging";

export const draftCodebookAction = action(Nothing, draftCodebook);
export const saveCodebookAction = action(SaveCodebook, saveCodebook);
export const publishCodebookAction = action(PublishCodebook, publishCodebook);
export const discardCodebookAction = action(CodebookKey, discardCodebook);
export const tagCommentAction = action(TagComment, tagComment);
export const untagCommentAction = action(UntagComment, untagComment);
export const startRoundAction = action(StartRound, startRound);
export const markCommentAction = action(MarkComment, markComment);
