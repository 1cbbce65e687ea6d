/** What an onboarding's health is made of, with how much each counts (DOMAIN 6E, 90-day health); together 100. */
export const healthWeights = {
  milestones: 35,
  touchpoints: 20,
  off_track: 15,
  experience: 15,
  first_value: 15,
} as const;
export type HealthTermName = keyof typeof healthWeights;

/** In the order in which it is read. */
export const healthTermNames = Object.keys(healthWeights) as HealthTermName[];

/** What is stored of an onboarding that its health rests on. */
export type HealthFacts = {
  /** Milestones that were due or ended by now, and how many of them were done by the day first agreed. */
  milestones: { due: number; inTime: number };
  /** Touchpoints since the onboarding began that were due or kept, and how many were kept in time. */
  touchpoints: { due: number; inTime: number };
  /** Open off-track events of the journey. */
  offTrack: number;
  /** Classes of the last five rated interactions. */
  experience: { positive: number; neutral: number; negative: number };
  /** Days past the day that was agreed for the first value, negative before it; null when none was agreed. */
  firstValueDaysLate: number | null;
};

export type HealthTerm = {
  name: HealthTermName;
  /** How much it counts at most, of 100 over all terms. */
  weight: number;
  /** 0 to 1; null when there is no data. */
  value: number | null;
  /** What it adds to the score; the points of all terms add up to it. */
  points: number | null;
  /** The most it could have added here, now that terms without data have left. */
  most: number | null;
  /** The counts behind it. */
  facts: Record<string, number>;
};

export type HealthLevel = "at_risk" | "watch" | "on_track" | "no_data";

/** 0 to 100, with every term; null as long as nothing but the absence of trouble is known. */
export type HealthView = { score: number | null; level: HealthLevel; terms: HealthTerm[] };

/** Below the first one is at risk, from the second on one is on track. */
export const healthLimits = { risk: 60, good: 80 } as const;

/** After so many days past its day the first value adds nothing any more. */
const mostDaysLate = 30;

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function valuesOf(facts: HealthFacts): Record<HealthTermName, number | null> {
  const { milestones, touchpoints, offTrack, experience, firstValueDaysLate: late } = facts;
  const { positive, neutral, negative } = experience;
  return {
    milestones: share(milestones.inTime, milestones.due),
    touchpoints: share(touchpoints.inTime, touchpoints.due),
    off_track: Math.max(0, 1 - offTrack / 2),
    experience: share(positive + neutral / 2, positive + neutral + negative),
    first_value: late === null ? null : 1 - Math.min(1, Math.max(0, late) / mostDaysLate),
  };
}

const factsOf = (facts: HealthFacts): Record<HealthTermName, Record<string, number>> => ({
  milestones: facts.milestones,
  touchpoints: facts.touchpoints,
  off_track: { open: facts.offTrack },
  experience: facts.experience,
  first_value: facts.firstValueDaysLate === null ? {} : { late: facts.firstValueDaysLate },
});

/**
 * How well an onboarding goes, 0 to 100, as a sum of named terms (DOMAIN 6E): in-time milestones 35, in-time touchpoints 20, no open
 * off-track event 15 (two take all of it), the last five rated contacts 15 (neutral counts half), the first value 15 (gone after 30
 * days late). A term without data leaves and the others count for the whole; null when only off-track events are known.
 */
export function healthOf(facts: HealthFacts): HealthView {
  const values = valuesOf(facts);
  const why = factsOf(facts);
  const known = healthTermNames.filter((name) => values[name] !== null);
  const total = known.reduce((sum, name) => sum + healthWeights[name], 0);
  const hasData = known.some((name) => name !== "off_track");
  const terms = healthTermNames.map((name): HealthTerm => {
    const value = values[name];
    const most = value === null || !hasData ? null : (100 * healthWeights[name]) / total;
    const points = most === null || value === null ? null : most * value;
    return { name, weight: healthWeights[name], value, points, most, facts: why[name] };
  });
  if (!hasData) return { score: null, level: "no_data", terms };
  const score = Math.min(
    100,
    terms.reduce((sum, { points }) => sum + (points ?? 0), 0),
  );
  return { score, level: levelOf(score), terms };
}

function levelOf(score: number): HealthLevel {
  if (score < healthLimits.risk - 1e-9) return "at_risk";
  return score < healthLimits.good - 1e-9 ? "watch" : "on_track";
}
