/** Words of people or of a workspace inside a line of ours, in their own direction: isolated by the signs that Unicode has for it. */
export const apart = (text: string): string => (text ? `\u2068${text}\u2069` : "");
