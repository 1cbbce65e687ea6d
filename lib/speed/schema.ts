import { z } from "zod";
import type { SpeedLine, SpeedReport } from "../reports/schema";
import { bins, type Curve } from "./rules";

/** Which leads behind a number: by how they were answered, or by a bin of the curve. */
export const SpeedRows = z.strictObject({
  state: z.enum(["due", "missed", "pending", "booked", "not_booked"]),
  osc: z.uuid().optional(),
  origin: z.string().max(200).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  bin: z.enum(bins).optional(),
});
export type SpeedRows = z.output<typeof SpeedRows>;

export type SpeedRow = {
  journeyId: string;
  customerId: string;
  name: string;
  arrivedAt: string;
  minutes: number | null;
};

/** Speed to lead with its lines by hour of arrival, and what answers went together with. */
export type SpeedStudy = {
  speed: SpeedReport;
  /** By the hour of the workspace's clocks; hours in which nobody came are left out. */
  byHour: (SpeedLine & { hour: number })[];
  curve: Curve & { horizonDays: number; windowDays: number };
};
