/** What windows-1252 shows for the bytes 0x80-0x9F; where it has nothing, the control character of that number. */
const westernSigns = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * Decodes windows-1252.
 *
 * Not by TextDecoder: Node 20 reads the bytes 0x80-0x9F as Latin-1 there
 * (https://github.com/nodejs/node/issues/56542); it can go once the oldest supported Node has the fix.
 */
export function decodeWestern(bytes: Uint8Array): string {
  return new TextDecoder("latin1")
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (sign) => westernSigns[sign.charCodeAt(0) - 0x80] ?? sign);
}

/**
 * Whether single-byte text is Hebrew (windows-1255) rather than western European (windows-1252).
 *
 * The same bytes are Hebrew letters there and accented ones here. Hebrew letters stand beside each other, accented
 * ones beside plain Latin letters, and that is counted.
 */
export function looksHebrew(bytes: Uint8Array): boolean {
  let hebrew = 0;
  let western = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0xc0) continue;
    for (const neighbour of [bytes[index - 1] ?? 0, bytes[index + 1] ?? 0]) {
      if (isLatin(neighbour)) western += 1;
      else if (isHebrew(byte) && isHebrew(neighbour)) hebrew += 1;
    }
  }
  return hebrew > western;
}

/** Letters and points of windows-1255. */
function isHebrew(byte: number): boolean {
  return (byte >= 0xe0 && byte <= 0xfa) || (byte >= 0xc0 && byte <= 0xd3);
}

function isLatin(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
