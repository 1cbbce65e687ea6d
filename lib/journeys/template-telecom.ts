import { businessDays, days, minutes, stage, type TemplateDraft, touch } from "./template-draft";

/** The default journey of a telecom (DOMAIN section 13). */
export const telecom: TemplateDraft = {
  key: "telecom",
  name: "Telecom",
  stages: [
    stage("call", "Call", "osc", {
      p50: 1,
      p80: 2,
      silenceDays: 3,
      touchpoints: [touch("Call back", "first inquiry", "phone", minutes(5))],
    }),
    stage("qualify", "Qualify", "osc", {
      p50: 1,
      p80: 3,
      silenceDays: 3,
      touchpoints: [touch("Qualify", "follow-up", "phone", businessDays(1))],
    }),
    stage("offer", "Offer", "sales", {
      p50: 2,
      p80: 5,
      silenceDays: 5,
      touchpoints: [touch("Present the offer", "proposal/price talk", "phone", businessDays(1))],
    }),
    stage("order", "Order", "sales", {
      p50: 1,
      p80: 3,
      silenceDays: 3,
      touchpoints: [touch("Order call", "order call", "phone", businessDays(1))],
    }),
    stage("closing", "Closing", "sales", {
      p50: 1,
      p80: 2,
      touchpoints: [touch("Closing call", "order call", "phone", businessDays(1))],
    }),
    stage("install", "Install", "implementation", {
      phase: "during",
      entryStatus: "won",
      p50: 5,
      p80: 7,
      silenceDays: 5,
      touchpoints: [touch("Installation", "handover", "onsite", businessDays(5))],
    }),
    stage("first_bill", "First bill", "service", {
      phase: "after",
      entryStatus: "won",
      p50: 25,
      p80: 30,
      touchpoints: [touch("First bill call", "billing", "phone", days(30))],
    }),
    stage("check_90", "90-day check", "service", {
      phase: "after",
      entryStatus: "won",
      p50: 80,
      p80: 90,
      touchpoints: [touch("90-day check", "status update", "phone", days(60))],
    }),
    stage("retention", "Retention window", "cs", {
      phase: "after",
      entryStatus: "won",
      p50: 45,
      p80: 60,
      touchpoints: [touch("Renewal offer", "renewal", "phone", days(30))],
    }),
  ],
};
