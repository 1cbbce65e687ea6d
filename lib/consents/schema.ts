import { z } from "zod";

export const consentMedia = ["phone", "sms", "email", "social", "chat"] as const;
export const consentPurposes = ["marketing", "service", "recording", "survey"] as const;
export const consentStates = ["unknown", "granted", "denied", "revoked", "expired"] as const;
export type ConsentState = (typeof consentStates)[number];

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const RecordConsent = z.strictObject({
  customerId: z.uuid(),
  personId: z.uuid(),
  medium: z.enum(consentMedia),
  purpose: z.enum(consentPurposes).default("marketing"),
  state: z.enum(["granted", "denied", "revoked"]),
  /** What was shown or said, in which version, and how it reached us. */
  evidence: z
    .strictObject({
      text: z.string().trim().max(2000).optional(),
      version: z.string().trim().max(60).optional(),
      source: z.enum(["spoken", "written", "form", "message"]).default("spoken"),
    })
    .default({ source: "spoken" }),
  at: instant.optional(),
});
export type RecordConsent = z.output<typeof RecordConsent>;

export const ConsentsOf = z.object({ id: z.uuid() }).transform(({ id }) => ({ customerId: id }));

/** Whether somebody of the customer may be called, texted, mailed. */
export type ConsentView = Record<"phone" | "sms" | "email", "granted" | "denied" | "unknown">;

export type PersonConsentView = { personId: string; medium: string; purpose: string; state: ConsentState; at: string };
