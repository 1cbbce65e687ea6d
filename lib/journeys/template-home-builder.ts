import { businessDays, days, minutes, stage, type TemplateDraft, touch } from "./template-draft";

/** The default journey of a home builder (DOMAIN section 13). */
export const homeBuilder: TemplateDraft = {
  key: "home_builder",
  name: "Home builder",
  stages: [
    stage("engage", "Engage", "marketing", { entryStatus: "pre_lead" }),
    stage("new_lead", "New lead", "osc", {
      p50: 5,
      p80: 14,
      silenceDays: 7,
      allowedNext: ["qualified", "appointment"],
      touchpoints: [touch("First response", "first inquiry", "phone", minutes(5))],
    }),
    stage("qualified", "Qualified", "osc", {
      p50: 3,
      p80: 7,
      silenceDays: 5,
      allowedNext: ["appointment", "working"],
      requiredFields: ["price_range", "timing"],
      touchpoints: [touch("Set the appointment", "follow-up", "phone", businessDays(1))],
    }),
    stage("appointment", "Appointment", "sales", {
      p50: 5,
      p80: 10,
      silenceDays: 7,
      touchpoints: [touch("Visit", "appointment", "onsite", businessDays(3))],
    }),
    stage("working", "Working", "sales", {
      p50: 16,
      p80: 30,
      silenceDays: 7,
      touchpoints: [touch("Weekly contact", "follow-up", "phone", days(7))],
    }),
    stage("contract", "Contract", "senior_sales", {
      p50: 12,
      p80: 21,
      silenceDays: 7,
      touchpoints: [touch("Contract meeting", "proposal/price talk", "onsite", businessDays(3))],
    }),
    stage("design", "Design selections", "design", {
      phase: "during",
      entryStatus: "won",
      p50: 21,
      p80: 30,
      silenceDays: 10,
      touchpoints: [touch("Selections meeting", "design meeting", "onsite", businessDays(5))],
    }),
    stage("pre_construction", "Pre-construction meeting", "implementation", {
      phase: "during",
      entryStatus: "won",
      p50: 9,
      p80: 14,
      silenceDays: 10,
      touchpoints: [touch("Pre-construction meeting", "kickoff", "onsite", businessDays(5))],
    }),
    stage("build", "Build", "implementation", {
      phase: "during",
      entryStatus: "won",
      p50: 150,
      p80: 180,
      silenceDays: 10,
      touchpoints: [touch("Weekly update", "status update", "phone", days(7))],
    }),
    stage("orientation", "Orientation & closing", "cs", {
      phase: "during",
      entryStatus: "won",
      p50: 9,
      p80: 14,
      silenceDays: 7,
      touchpoints: [touch("Orientation", "handover", "onsite", businessDays(5))],
    }),
    stage("check_30", "30-day check", "service", {
      phase: "after",
      entryStatus: "won",
      p50: 25,
      p80: 30,
      touchpoints: [touch("30-day check", "status update", "phone", days(30))],
    }),
    stage("check_11_months", "11-month check", "service", {
      phase: "after",
      entryStatus: "won",
      p50: 300,
      p80: 335,
      touchpoints: [touch("11-month check", "status update", "phone", days(300))],
    }),
    stage("advocate", "Advocate", "marketing", {
      phase: "after",
      entryStatus: "won",
      touchpoints: [touch("Ask for a referral", "referral", "phone", days(30))],
    }),
  ],
};
