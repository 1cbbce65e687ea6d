import { businessDays, days, minutes, stage, type TemplateDraft, touch } from "./template-draft";

/** The default journey of a software company (DOMAIN section 13). */
export const saas: TemplateDraft = {
  key: "saas",
  name: "SaaS",
  stages: [
    stage("lead", "Lead", "osc", {
      p50: 5,
      p80: 14,
      silenceDays: 7,
      allowedNext: ["discovery", "demo"],
      touchpoints: [touch("First response", "first inquiry", "phone", minutes(5))],
    }),
    stage("discovery", "Discovery", "sales", {
      p50: 5,
      p80: 10,
      silenceDays: 7,
      touchpoints: [touch("Discovery call", "appointment", "video", businessDays(2))],
    }),
    stage("demo", "Demo", "sales", {
      p50: 7,
      p80: 14,
      silenceDays: 7,
      touchpoints: [touch("Demo", "appointment", "video", businessDays(3))],
    }),
    stage("proposal", "Proposal", "sales", {
      p50: 10,
      p80: 21,
      silenceDays: 7,
      touchpoints: [touch("Proposal talk", "proposal/price talk", "video", businessDays(3))],
    }),
    stage("closing", "Closing", "senior_sales", {
      p50: 10,
      p80: 21,
      silenceDays: 7,
      touchpoints: [touch("Closing call", "proposal/price talk", "video", businessDays(3))],
    }),
    stage("handoff", "Handoff", "sales", {
      phase: "during",
      entryStatus: "won",
      p50: 2,
      p80: 5,
      silenceDays: 5,
      touchpoints: [touch("Joint introduction", "handover", "video", businessDays(1))],
    }),
    stage("kickoff", "Kickoff", "cs", {
      phase: "during",
      entryStatus: "won",
      p50: 7,
      p80: 14,
      silenceDays: 7,
      touchpoints: [touch("Kickoff", "kickoff", "video", businessDays(5))],
    }),
    stage("onboarding", "Onboarding", "implementation", {
      phase: "during",
      entryStatus: "won",
      p50: 30,
      p80: 45,
      silenceDays: 7,
      touchpoints: [touch("Weekly check-in", "status update", "video", days(7))],
    }),
    stage("live", "Live", "cs", {
      phase: "after",
      entryStatus: "won",
      p50: 21,
      p80: 45,
      touchpoints: [touch("First value review", "status update", "video", businessDays(10))],
    }),
    stage("adoption_review", "Adoption review", "cs", {
      phase: "after",
      entryStatus: "won",
      p50: 60,
      p80: 90,
      touchpoints: [touch("Adoption review", "status update", "video", days(90))],
    }),
    stage("renewal", "Renewal", "cs", {
      phase: "after",
      entryStatus: "won",
      p50: 60,
      p80: 90,
      touchpoints: [touch("Renewal talk", "renewal", "video", days(30))],
    }),
  ],
};
