import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { tidyText } from "@/lib/customers/normalize";

/** A phone number for storing and dialling (`e164`), for reading at home (`national`), with its extension if any. */
export type Phone = { e164: string; national: string; extension: string | null; isValid: boolean };

/**
 * The phone number in a text, read as one of `region` (ISO 3166, such as IL) where it names no country itself.
 *
 * Null when no number of a possible length is there; `isValid` is false when it fits no numbering plan. Its metadata
 * weighs 29 kB: for the server only.
 */
export function normalizePhone(raw: string, region: string): Phone | null {
  const country = region.toUpperCase();
  const text = tidyText(raw.normalize("NFKC"));
  const number = parsePhoneNumberFromString(text, isSupportedCountry(country) ? country : undefined);
  if (!number?.isPossible()) return null;
  return {
    e164: number.number,
    national: number.formatNational(),
    extension: number.ext ?? null,
    isValid: number.isValid(),
  };
}
