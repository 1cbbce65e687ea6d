"use server";

import { action } from "../server/action";
import { acknowledgeRelay, answerRelay, declineRelay, sendRelay } from "./commands";
import { AnswerRelay, DeclineRelay, RelayKey, SendRelay } from "./schema";

export const sendRelayAction = action(SendRelay, sendRelay);
export const acknowledgeRelayAction = action(RelayKey, acknowledgeRelay);
export const answerRelayAction = action(AnswerRelay, answerRelay);
export const declineRelayAction = action(DeclineRelay, declineRelay);
