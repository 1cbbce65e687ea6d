import type { PlanMilestone } from "./schema";

const milestone = (
  name: string,
  nameHe: string,
  spokeKey: string,
  dueDays: number,
  isCustomerVisible = true,
): PlanMilestone => ({ name, nameHe, spokeKey, dueDays, isCustomerVisible });

/**
 * What is planned where a workspace has no plan of its own (DOMAIN 13): kickoff within 14 days, first value at 45, adoption review
 * at 90, in business days of five a week.
 */
export const usualMilestones: readonly PlanMilestone[] = [
  milestone("Promises of the sale read through", "קריאת ההבטחות מהמכירה", "cs", 2, false),
  milestone("Kickoff", "פגישת התנעה", "cs", 10),
  milestone("Everything set up", "הכול מוכן לשימוש", "implementation", 20),
  milestone("People know their way around", "הצוות מכיר את הדרך", "cs", 26),
  milestone("First value noticed", "הערך הראשון הורגש", "cs", 32),
  milestone("Review together", "סיכום משותף", "cs", 64),
];
