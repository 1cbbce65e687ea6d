import { upperGamma } from "@/lib/statistics/gamma";

/** The chance (0..1) that a standard normal value lies at least as far from 0 as `z`, on either side. */
export function twoSidedP(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}
