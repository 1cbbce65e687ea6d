const oneDigit = /^[17]/;
const twoDigits = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** The groups of the digits after the country code, from the end: four, then threes; what is left over stands first. */
function groupsOf(digits: string): string[] {
  const groups = [digits.slice(-4)];
  for (let end = digits.length - 4; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  const [first = "", second = "", ...rest] = groups;
  return first.length === 1 && second ? [first + second, ...rest] : groups;
}

/** An E.164 number as people read it, `+1 206 555 0142`; anything else comes back as it is. */
export function printPhone(value: string): string {
  const digits = /^\+(\d{7,15})$/.exec(value)?.[1];
  if (!digits) return value;
  const length = oneDigit.test(digits) ? 1 : twoDigits.test(digits) ? 2 : 3;
  return [`+${digits.slice(0, length)}`, ...groupsOf(digits.slice(length))].join(" ");
}
