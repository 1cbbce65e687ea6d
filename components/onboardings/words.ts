import type { MarkState } from "@/components/ui/status-mark";
import type { HealthLevel } from "@/lib/onboardings/health";
import type { MilestoneState } from "@/lib/onboardings/schema";

/** A stored day, `yyyy-mm-dd`, as people read it. */
export function dayText(locale: string, day: string): string {
  const tag = locale === "en" ? "en-GB" : locale;
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

export const levelMarks: Record<HealthLevel, MarkState> = {
  at_risk: "overdue",
  watch: "waiting",
  on_track: "good",
  no_data: "idle",
};

/** How an open milestone looks once its day has passed, and every other by its state. */
export function milestoneMark(state: MilestoneState, isLate: boolean): MarkState {
  if (isLate) return "overdue";
  return ({ planned: "idle", in_progress: "active", done: "good", missed: "stalled", cancelled: "idle" } as const)[
    state
  ];
}

/** A name in the reader's language where it was written in it. */
export const nameIn = (locale: string, { name, nameHe }: { name: string; nameHe: string | null }) =>
  (locale === "he" && nameHe) || name;
