/** Minutes as hours with at most one place behind the point: 90 becomes 1.5. */
export const hoursOf = (minutes: number): string => String(Math.round(minutes / 6) / 10);
