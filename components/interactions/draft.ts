import type { InteractionType } from "@/lib/journeys/vocabulary";

export type MomentState = "done_well" | "done" | "missed" | "not_applicable";

/** What stands in the composer before it is logged. */
export type Draft = {
  medium: "phone" | "email" | "sms" | "onsite" | "chat" | "note";
  direction: "inbound" | "outbound";
  isTwoWay: boolean;
  summary: string;
  completes: boolean;
  nextName: string;
  when: "day" | "two_days" | "week" | "two_weeks" | "at" | "none";
  at: string;
  felt: "" | "worse" | "as_expected" | "better";
  hadToRepeat: boolean;
  personId: string;
  /** Empty until somebody chooses: then it is what the expected touchpoint is about. */
  type: InteractionType | "";
  /** What happened of the moments of the type, by moment. */
  moments: Record<string, MomentState>;
};

export const emptyDraft: Draft = {
  medium: "phone",
  direction: "outbound",
  isTwoWay: true,
  summary: "",
  completes: true,
  nextName: "",
  when: "two_days",
  at: "",
  felt: "",
  hadToRepeat: false,
  personId: "",
  type: "",
  moments: {},
};

const keyOf = (place: string) => `wheelhouse:draft:${place}`;

/** The draft that was left at this customer in this browser, or null. */
export function readDraft(place: string): Draft | null {
  try {
    const kept = window.localStorage.getItem(keyOf(place));
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : null;
  } catch {
    return null;
  }
}

/** Keeps the draft, or forgets it (null). A browser that keeps nothing loses only the convenience. */
export function keepDraft(place: string, draft: Draft | null): void {
  try {
    if (draft) window.localStorage.setItem(keyOf(place), JSON.stringify(draft));
    else window.localStorage.removeItem(keyOf(place));
  } catch {
    // Storage may be full or forbidden; the draft then lives only as long as the page.
  }
}
