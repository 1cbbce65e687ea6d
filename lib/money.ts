/** An amount in whole minor units (cents, agorot) of an ISO 4217 currency. */
export type Money = { minor: number; currency: string };

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  formats.set(key, format);
  return format;
}

/** An amount as a person of that locale says it: whole amounts without their empty decimals. */
export function sayMoney({ minor, currency }: Money, locale: string): string {
  const exponent = currencyExponent(currency);
  if (minor % 10 ** exponent !== 0) return formatMoney({ minor, currency }, locale);
  return new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 }).format(
    minor / 10 ** exponent,
  );
}

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. Throws RangeError for no currency code. */
export function currencyExponent(currency: string): number {
  return formatOf("en", currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as a person of that locale writes it, with the decimals of its currency. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  return formatOf(locale, currency).format(minor / 10 ** currencyExponent(currency));
}

/**
 * `minor` times `numerator` by `denominator`, rounded half away from zero (DOMAIN 6.0).
 *
 * Exact for all whole numbers. Throws RangeError for broken ones, for a zero denominator, and past the safe integers.
 */
export function multiplyRounded(minor: number, numerator: number, denominator: number): number {
  const product = BigInt(minor) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const isNegative = product < 0n !== divisor < 0n;
  const doubled = 2n * magnitude(product) + magnitude(divisor);
  const rounded = Number(doubled / (2n * magnitude(divisor)));
  return requireSafe(isNegative && rounded !== 0 ? -rounded : rounded);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function requireSafe(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Not an amount in minor units: ${minor}.`);
  return minor;
}

/** The part of an amount that so many basis points (hundredths of a percent) are, rounded half away from zero. */
export function basisPointsOf(minor: number, basisPoints: number): number {
  return multiplyRounded(minor, basisPoints, 10_000);
}

/** The sum of amounts of one currency; throws RangeError when another currency is among them. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  let minor = 0;
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new RangeError(`${amount.currency} among ${currency}.`);
    minor = requireSafe(minor + amount.minor);
  }
  return { minor, currency };
}

/**
 * The minor units of a plain decimal such as `1200.5` or `-3`, rounded half away from zero.
 *
 * Null when the text is no plain decimal or the amount is past the safe integers.
 */
export function minorFromDecimal(text: string, currency: string): number | null {
  const [, sign, whole, fraction = ""] = /^\s*([+-]?)(\d+)(?:\.(\d*))?\s*$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const exponent = currencyExponent(currency);
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  const minor = Number(/^[5-9]/.test(fraction.slice(exponent)) ? kept + 1n : kept);
  if (!Number.isSafeInteger(minor)) return null;
  return sign === "-" && minor !== 0 ? -minor : minor;
}
