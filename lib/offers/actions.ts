"use server";

import { action } from "../server/action";
import { offerAction } from "../server/offer-action";
import { answerOffer, offerLink } from "./commands";
import { AnswerOffer, OfferLinkOf } from "./schema";

export const offerLinkAction = action(OfferLinkOf, offerLink);
export const answerOfferAction = offerAction((form) => {
  const fields = ["decision", "name", "comment"].map((name) => [name, form.get(name) ?? undefined]);
  const given = AnswerOffer.safeParse({ ...Object.fromEntries(fields), options: form.getAll("option") });
  return given.success ? (ctx, link) => answerOffer(ctx, link, given.data) : "missing";
});
