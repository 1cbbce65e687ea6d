import { dayLength, wallClock } from "../calendar/zone";
import { type Rate, rateOf } from "../statistics/rate";

/** Days within which an appointment counts, and how old a lead must be to be judged by it. */
export const horizonDays = 30;

/** Upper ends of the bins in elapsed minutes; whoever was answered later is in the last, whoever never was in `none`. */
const ends = [5, 30, 60, 240, 1_440] as const;
export const bins = ["5", "30", "60", "240", "1440", "later", "none"] as const;
export type Bin = (typeof bins)[number];

/** Into which bin an answer falls; its end belongs to a bin. */
export function binOf(elapsedMinutes: number | null): Bin {
  if (elapsedMinutes === null) return "none";
  const end = ends.find((minutes) => elapsedMinutes <= minutes);
  return end === undefined ? "later" : (String(end) as Bin);
}

/** The hour of the day, 0 to 23, that the clocks of a zone show. */
export function hourOf(timeZone: string, at: Date): number {
  const wall = wallClock(timeZone, at.getTime());
  return Math.floor((((wall % dayLength) + dayLength) % dayLength) / 3_600_000);
}

/** A lead with when it was answered and when an appointment was first set. */
export type CurveLead = {
  arrivedAt: Date;
  firstResponseAt: Date | null;
  elapsedMinutes: number | null;
  bookedAt: Date | null;
};

/** `booked_first` came with an appointment before anybody had answered: nothing can be said of her answer. */
export type Place = "immature" | "booked_first" | "judged";

/** Whether a lead is old enough to be judged, and whether its answer came before its appointment. */
export function placeOf({ arrivedAt, firstResponseAt, bookedAt }: CurveLead, now: Date): Place {
  if (now.getTime() - arrivedAt.getTime() < horizonDays * dayLength) return "immature";
  return bookedAt && (!firstResponseAt || bookedAt < firstResponseAt) ? "booked_first" : "judged";
}

/** Whether an appointment was set within the horizon. */
export function isBooked({ arrivedAt, bookedAt }: CurveLead): boolean {
  return bookedAt !== null && bookedAt.getTime() - arrivedAt.getTime() <= horizonDays * dayLength;
}

export type Curve = { bins: { bin: Bin; booked: Rate }[]; judged: number; immature: number; bookedFirst: number };

/** Share of leads with an appointment within thirty days, by how long the first answer took, each with its interval (DOMAIN F33). */
export function curveOf(leads: readonly CurveLead[], now: Date): Curve {
  const of = (place: Place) => leads.filter((lead) => placeOf(lead, now) === place);
  const judged = of("judged");
  return {
    bins: bins.map((bin) => {
      const own = judged.filter(({ elapsedMinutes }) => binOf(elapsedMinutes) === bin);
      return { bin, booked: rateOf(own.filter(isBooked).length, own.length) };
    }),
    judged: judged.length,
    immature: of("immature").length,
    bookedFirst: of("booked_first").length,
  };
}
