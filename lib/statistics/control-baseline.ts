/** From this many points on the limits of a chart are frozen, until a documented change (DOMAIN C4). */
export const baselinePoints = 12;

/**
 * The points that set the limits: the first twelve once there are twelve, until then all of them (DOMAIN C4).
 *
 * After a documented change hand over only the points since that change.
 */
export function baselineOf<Point>(points: readonly Point[]): readonly Point[] {
  return points.slice(0, baselinePoints);
}
