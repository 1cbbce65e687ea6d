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

/** So many minutes while the team is there. */
export const minutes = (amount: number): DueRule => ({ unit: "staffed_minutes", amount });
/** So many working days. */
export const businessDays = (amount: number): DueRule => ({ unit: "business_days", amount });
/** So many days of the calendar. */
export const days = (amount: number): DueRule => ({ unit: "calendar_days", amount });

/** A touchpoint that a stage expects. */
export const touch = (
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

/** A stage; what its shape does not say is empty, and it stands before the sale. */
export function stage(key: string, name: string, spoke: SpokeKey, shape: Shape = {}): TemplateStage {
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
