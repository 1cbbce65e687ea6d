import { type Rate, rateOf } from "@/lib/statistics/rate";

/** How one interaction was for the customer, by her own word. */
export type ExperienceClass = "positive" | "neutral" | "negative";

/**
 * What a customer said: expectation and outcome on 1..5, and the direct item "compared with what you expected" on -2..+2.
 * Null is not asked or not answered.
 */
export type Voice = { expectation: number | null; outcome: number | null; disconfirmation: number | null };

export type VoiceSummary = {
  /** Answers that could be classed. */
  n: number;
  classes: Readonly<Record<ExperienceClass, number>>;
  /** The mean of outcome against expectation where both are known; null when they never are. */
  meanDisconfirmation: number | null;
  metOrExceeded: Rate;
  positive: Rate;
  /** Positive with an outcome of 4 or more. */
  strict: Rate;
};

const good = 4;
const floor = 3;
const bad = 2;

/** How far the outcome stood above what was expected: the direct item if answered, else outcome - expectation (DOMAIN F31). */
export function disconfirmationOf({ expectation, outcome, disconfirmation }: Voice): number | null {
  if (disconfirmation !== null) return disconfirmation;
  return expectation === null || outcome === null ? null : outcome - expectation;
}

/**
 * The class of one interaction: positive if it met or exceeded the expectation and was not poor in itself (DOMAIN F31).
 *
 * Null when neither the outcome nor the direct item was answered. Throws RangeError on a score outside its scale.
 */
export function classify(voice: Voice): ExperienceClass | null {
  for (const score of [voice.expectation, voice.outcome]) requireScale(score, 1, 5);
  requireScale(voice.disconfirmation, -2, 2);
  const { outcome } = voice;
  const above = disconfirmationOf(voice);
  if (outcome === null && above === null) return null;
  if ((outcome !== null && outcome <= bad) || (above !== null && above <= -2)) return "negative";
  if (above === null) return outcome !== null && outcome >= good ? "positive" : "neutral";
  return above >= 0 && (outcome === null || outcome >= floor) ? "positive" : "neutral";
}

/** Whether it was positive with an outcome of 4 or more, for workspaces that count strictly (DOMAIN F31). */
export function isStrictlyPositive(voice: Voice): boolean {
  return voice.outcome !== null && voice.outcome >= good && classify(voice) === "positive";
}

/** What many customers said together; answers that cannot be classed do not count (DOMAIN F31). */
export function summariseVoices(voices: readonly Voice[]): VoiceSummary {
  const classes = { positive: 0, neutral: 0, negative: 0 };
  const classed = voices.filter((voice) => {
    const found = classify(voice);
    if (found) classes[found] += 1;
    return found !== null;
  });
  const known = classed.flatMap((voice) => disconfirmationOf(voice) ?? []);
  return {
    n: classed.length,
    classes,
    meanDisconfirmation: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
    metOrExceeded: rateOf(known.filter((value) => value >= 0).length, known.length),
    positive: rateOf(classes.positive, classed.length),
    strict: rateOf(classed.filter(isStrictlyPositive).length, classed.length),
  };
}

function requireScale(score: number | null, lowest: number, highest: number): void {
  if (score === null || (Number.isInteger(score) && score >= lowest && score <= highest)) return;
  throw new RangeError(`Not a score of ${lowest} to ${highest}: ${score}.`);
}
