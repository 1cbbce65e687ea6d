/** The Thai vowel that stands for 0xD7, the first byte of nearly every Hebrew letter in UTF-8. */
const leadSign = 0x0e37;

/** From this share of the characters beyond ASCII on, no Thai text has so many of that vowel (DOMAIN F94). */
const leadShare = 0.4;

/** Where windows-874, which most software takes for ISO-8859-11, shows a sign for one of the bytes 0x80-0x9F. */
const windows874: ReadonlyMap<number, number> = new Map([
  [0x20ac, 0x80],
  [0x2026, 0x85],
  [0x2018, 0x91],
  [0x2019, 0x92],
  [0x201c, 0x93],
  [0x201d, 0x94],
  [0x2022, 0x95],
  [0x2013, 0x96],
  [0x2014, 0x97],
]);

/** Whether a text is UTF-8 Hebrew that was read as Thai: over 40 % of what is not ASCII is U+0E37 (DOMAIN F94). */
export function isHebrewReadAsThai(text: string): boolean {
  let beyondAscii = 0;
  let leads = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) index += 1;
    if (code > 0x7f) beyondAscii += 1;
    if (code === leadSign) leads += 1;
  }
  return leads > leadShare * beyondAscii;
}

/**
 * Puts right Hebrew that was read as Thai: back to the bytes of ISO-8859-11, then read as UTF-8 (DOMAIN F94).
 *
 * `lossy` when the bytes do not form UTF-8 any more, which is what losing 0x80-0x9F does.
 */
export function repairHebrew(text: string): { text: string } | "not_needed" | "lossy" {
  if (!isHebrewReadAsThai(text)) return "not_needed";
  const bytes = encodeThai(text);
  if (!bytes) return "lossy";
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return "lossy";
    throw error;
  }
}

function encodeThai(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const byte = thaiByte(text.charCodeAt(index));
    if (byte === null) return null;
    bytes[index] = byte;
  }
  return bytes;
}

function thaiByte(code: number): number | null {
  if (code <= 0xa0) return code;
  if ((code >= 0x0e01 && code <= 0x0e3a) || (code >= 0x0e3f && code <= 0x0e5b)) return code - 0x0e01 + 0xa1;
  return windows874.get(code) ?? null;
}
