type Say = (key: string, values?: Record<string, string | number>) => string;

/** A difference to four places with its sign, a real minus, and none for nought. */
export function signed(value: number, places = 4): string {
  const text = Math.abs(value).toFixed(places);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** A number to so many places with a real minus. */
export function plain(value: number, places = 4): string {
  const text = Math.abs(value).toFixed(places);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Low and high of an interval, as the lab writes it. */
export const interval = ({ lo, hi }: { lo: number; hi: number }, places = 4) =>
  `[${plain(lo, places)}, ${plain(hi, places)}]`;

const own = ["value_low", "value_middle", "value_high", "value_unknown"];

/** A segment as it was written, or in words where the value stands for it; and the band of the chance. */
export function stratumText(t: Say, segment: string, band: number | null): string {
  const name = own.includes(segment) ? t(`segment.${segment}`) : segment;
  const chance = band === null ? t("band_unknown") : t("band", { lo: band * 20, hi: band * 20 + 20 });
  return `${name} · ${chance}`;
}
