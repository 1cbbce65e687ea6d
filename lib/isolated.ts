/** Numbers and signs that keep their order from left to right inside words of either direction. */
export const isolated = (text: string): string => `\u2066${text}\u2069`;
