export const subjects = ["customers", "interactions", "touchpoints", "handoffs", "responses"] as const;
export type Subject = (typeof subjects)[number];

export const dimensions = [
  "week",
  "month",
  "stage",
  "department",
  "from_department",
  "osc",
  "medium",
  "route",
  "origin",
  "type",
  "direction",
  "state",
  "class",
] as const;
export type Dimension = (typeof dimensions)[number];

/** Dimensions whose values are moments of the calendar, in its order. */
export const timeDimensions: ReadonlySet<Dimension> = new Set(["week", "month"]);

/** Dimensions whose values are ids of rows with names. */
export const idDimensions: ReadonlySet<Dimension> = new Set(["stage", "department", "from_department", "osc"]);

export const measures = [
  "won",
  "off_track",
  "answered",
  "first_response",
  "two_way",
  "automated",
  "duration",
  "kept",
  "time_to_close",
  "accepted",
  "rejected",
  "time_to_accept",
  "positive",
  "negative",
  "time_to_answer",
] as const;
export type Measure = (typeof measures)[number];

/** What a subject can be grouped and filtered by, and what is measured of it: shares of yes or no, medians of minutes. */
export const vocabulary: Record<
  Subject,
  { dimensions: readonly Dimension[]; shares: readonly Measure[]; medians: readonly Measure[] }
> = {
  customers: {
    dimensions: ["week", "month", "stage", "department", "osc", "origin", "state"],
    shares: ["won", "off_track", "answered"],
    medians: ["first_response"],
  },
  interactions: {
    dimensions: ["week", "month", "stage", "department", "osc", "medium", "route", "origin", "type", "direction"],
    shares: ["two_way", "automated"],
    medians: ["duration"],
  },
  touchpoints: {
    dimensions: ["week", "month", "stage", "department", "osc", "medium", "route", "origin", "type", "state"],
    shares: ["kept"],
    medians: ["time_to_close"],
  },
  handoffs: {
    dimensions: ["week", "month", "stage", "department", "from_department", "osc", "origin", "type", "state"],
    shares: ["accepted", "rejected"],
    medians: ["time_to_accept"],
  },
  responses: {
    dimensions: ["week", "month", "stage", "department", "osc", "medium", "route", "origin", "type", "class"],
    shares: ["positive", "negative"],
    medians: ["time_to_answer"],
  },
};

/** Whether a measure is a share of yes or no; the others are medians of minutes. */
export function isShare(subject: Subject, measure: Measure): boolean {
  return vocabulary[subject].shares.includes(measure);
}
