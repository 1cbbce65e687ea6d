"use server";

import { action } from "../server/action";
import { askQuestion, customerLink, revokeCustomerLinks, stopMessages } from "./commands";
import { customerAction } from "./door";
import { AskQuestion, CustomerLinkOf, StopMessages } from "./schema";

export const customerLinkAction = action(CustomerLinkOf, customerLink);
export const revokeCustomerLinksAction = action(CustomerLinkOf, revokeCustomerLinks);
export const askQuestionAction = customerAction(AskQuestion, askQuestion);
export const stopMessagesAction = customerAction(StopMessages, stopMessages);
