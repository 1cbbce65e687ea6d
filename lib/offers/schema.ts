import { z } from "zod";

export const OfferLinkOf = z.strictObject({ id: z.uuid() });
export type OfferLinkOf = z.output<typeof OfferLinkOf>;

/** What the customer says to an offer, under her name. */
export const AnswerOffer = z.strictObject({
  decision: z.enum(["accepted", "declined"]),
  name: z.string().trim().min(1).max(200),
  comment: z.string().trim().max(2_000).default(""),
  /** The places of the options that she takes; of no meaning with a no. */
  options: z.array(z.coerce.number().int().min(0)).max(100).default([]),
});
export type AnswerOffer = z.output<typeof AnswerOffer>;

export const offerStates = ["open", "accepted", "declined", "expired", "withdrawn", "superseded"] as const;
export type OfferState = (typeof offerStates)[number];

/** What became of an answer: taken, given before, or too late for what the offer has become. */
export type OfferOutcome = "accepted" | "declined" | "answered" | "closed";

/** An offer as the customer sees it, amounts in minor units: no cost, margin or authority, and no offer but this one. */
export type OfferPage = {
  company: string;
  /** The language that she is written to in. */
  language: string;
  timeZone: string;
  customerName: string;
  need: string;
  state: OfferState;
  currency: string;
  isTaxIncluded: boolean;
  taxBp: number | null;
  listMinor: number;
  netMinor: number;
  monthlyMinor: number;
  termMonths: number;
  freeMonths: number;
  validTo: string;
  presentedAt: string;
  /** What she is told of why it was taken back or replaced. */
  message: string | null;
  lines: {
    productName: string;
    quantity: number;
    recurrence: "once" | "monthly";
    unitMinor: number;
    discountBp: number;
    netMinor: number;
    position: number;
    isOptional: boolean;
  }[];
  /** What it comes to with every option; null where there are none. */
  fullNetMinor: number | null;
  /** The places of the options that she took; null until she accepts. */
  chosenOptions: number[] | null;
  /** Whom she may ask: her OSC, or null where nobody is named. */
  contact: { name: string; phone: string | null; email: string | null } | null;
  answer: { decision: "accepted" | "declined"; name: string; at: string } | null;
};
