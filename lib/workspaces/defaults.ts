/** The hub itself and the departments of DOMAIN section 13, in the fixed order of their colours. */
export const defaultSpokes = [
  { key: "osc", code: "◎", name: "OSC", nameHe: "מתאמת", position: 0 },
  { key: "marketing", code: "Mk", name: "Marketing", nameHe: "שיווק", position: 1 },
  { key: "sales", code: "Sa", name: "Sales", nameHe: "מכירות", position: 2 },
  { key: "senior_sales", code: "SS", name: "Senior sales", nameHe: "מכירות בכיר", position: 3 },
  { key: "design", code: "De", name: "Design", nameHe: "עיצוב", position: 4 },
  { key: "implementation", code: "Im", name: "Implementation", nameHe: "ביצוע", position: 5 },
  { key: "cs", code: "CS", name: "Customer success", nameHe: "לקוחות", position: 6 },
  { key: "service", code: "Sv", name: "Service", nameHe: "שירות", position: 7 },
] as const;

export type SpokeKey = (typeof defaultSpokes)[number]["key"];

const day = [[9 * 60, 18 * 60]];

/** Monday to Friday, nine to six. */
export const westernWeek = { 1: day, 2: day, 3: day, 4: day, 5: day };

/** Sunday to Thursday, nine to six. */
export const israeliWeek = { 0: day, 1: day, 2: day, 3: day, 4: day };

/** Opening hours that fit a time zone when nobody has said otherwise. */
export function defaultHours(timeZone: string): Record<string, number[][]> {
  return timeZone === "Asia/Jerusalem" ? israeliWeek : westernWeek;
}
