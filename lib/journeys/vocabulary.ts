/** Statuses in which somebody is still in the circle and the hub has an OSC (INV J1). */
export const openStatuses = ["pre_lead", "active", "nurture", "on_hold", "won"] as const;

/** Statuses in which clocks run. */
export const clockedStatuses = ["pre_lead", "active", "nurture", "won"] as const;

export type JourneyStatus = (typeof openStatuses)[number] | "lost" | "completed" | "merged";

/** DOMAIN 12b, in the order in which they are offered. */
export const interactionTypes = [
  "first inquiry",
  "follow-up",
  "appointment",
  "proposal/price talk",
  "design meeting",
  "handover",
  "kickoff",
  "status update",
  "order call",
  "complaint",
  "repair",
  "billing",
  "renewal",
  "referral",
] as const;

export type InteractionType = (typeof interactionTypes)[number];

/** How we talk: the medium of an interaction. `unknown` is for imports that do not say. */
export const media = [
  "phone",
  "email",
  "sms",
  "chat",
  "video",
  "onsite",
  "social",
  "portal",
  "note",
  "unknown",
] as const;

/** Who sells: the route. */
export const routes = [
  "inside",
  "territory",
  "key account",
  "alliance",
  "distribution",
  "service upsell",
  "customer success",
] as const;

/** DOMAIN 12b, customer-stated first. */
export const lostReasons = [
  "bought elsewhere",
  "price",
  "financing",
  "location/availability",
  "timing",
  "no response after cadence",
  "poor experience",
  "product gap",
  "duplicate",
  "not a buyer",
  "outside service area",
  "do not contact",
] as const;

/** Off-track triggers of DOMAIN 6B that have their objects. */
export const triggers = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T9", "T10", "T11"] as const;

export type Trigger = (typeof triggers)[number];
