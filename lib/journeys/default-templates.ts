import type { DueRule } from "../calendar/due";
import type { SpokeKey } from "../workspaces/defaults";

export type TemplateTouchpoint = {
  name: string;
  type: string;
  medium: string | null;
  spokeKey: SpokeKey | null;
  due: DueRule | null;
};

export type TemplateStage = {
  key: string;
  name: string;
  spoke: SpokeKey;
  phase: "before" | "during" | "after";
  entryStatus: "pre_lead" | "active" | "won";
  dwellP50Days: number | null;
  dwellP80Days: number | null;
  silenceDays: number | null;
  allowedNext: string[];
  requiredFields: string[];
  touchpoints: TemplateTouchpoint[];
};

export type TemplateDraft = { key: string; name: string; stages: TemplateStage[] };

const minutes = (amount: number): DueRule => ({ unit: "staffed_minutes", amount });
const businessDays = (amount: number): DueRule => ({ unit: "business_days", amount });
const days = (amount: number): DueRule => ({ unit: "calendar_days", amount });

const touch = (
  name: string,
  type: string,
  medium: string,
  due: DueRule,
  spokeKey: SpokeKey | null = null,
): TemplateTouchpoint => ({
  name,
  type,
  medium,
  spokeKey,
  due,
});

type Shape = Partial<Omit<TemplateStage, "key" | "name" | "spoke">> & { p50?: number; p80?: number };

function stage(key: string, name: string, spoke: SpokeKey, shape: Shape = {}): TemplateStage {
  const { p50, p80, ...rest } = shape;
  return {
    key,
    name,
    spoke,
    phase: "before",
    entryStatus: "active",
    dwellP50Days: p50 ?? null,
    dwellP80Days: p80 ?? null,
    silenceDays: null,
    allowedNext: [],
    requiredFields: [],
    touchpoints: [],
    ...rest,
  };
}

const homeBuilder: TemplateDraft = {
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

const saas: TemplateDraft = {
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

const telecom: TemplateDraft = {
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

/** The three templates every workspace starts with (DOMAIN section 13). Dwell values are assumptions. */
export const defaultTemplates: readonly TemplateDraft[] = [homeBuilder, saas, telecom];
