import { normalizeEmail, tidyText } from "@/lib/customers/normalize";
import { normalizePhone } from "@/lib/customers/phone";
import { parseInstant } from "@/lib/imports/dates";
import type { ImportField, Mapping, RejectReason } from "@/lib/imports/schema";

/** One customer as a file tells it, before anybody looked whether she is known already. */
export type Lead = {
  name: string;
  given: string | null;
  family: string | null;
  kind: "household" | "account";
  emails: string[];
  phones: { e164: string; raw: string }[];
  place: string | null;
  segment: string | null;
  /** As written; null when blank. */
  origin: string | null;
  locale: "en" | "he" | null;
  need: string | null;
  note: string | null;
  sourceSystem: string | null;
  externalId: string | null;
  firstContactAt: Date | null;
  wonAt: Date | null;
  /** Who is her OSC: an e-mail of a member, or the outside id of one whom the import brings. */
  oscEmail: string | null;
  oscExternalId: string | null;
  sellerExternalId: string | null;
  /** Key of the words that tell what is odd about her. */
  flag: string | null;
};

export type Fault = { reason: RejectReason; column: string | null; value: string | null };
export type ReadLead = { lead: Lead } | { fault: Fault };

/** How values are read: the country of phones without a prefix, the zone of times without one, the clock. */
export type Reading = { region: string; timeZone: string; now: Date };

/** Longest text of a field, in characters; notes may be longer. */
const longest = 500;
const longestNote = 20_000;

type Cell = { column: string; value: string };

/**
 * What one row of a file says, by the mapping of its columns, or the first fault that keeps it out.
 *
 * A row needs a name, an e-mail or a phone. Columns that are mapped to nothing are not looked at.
 */
export function readLead(
  columns: readonly string[],
  cells: readonly string[],
  map: Mapping,
  reading: Reading,
): ReadLead {
  if (cells.length > columns.length) return fault("too_many_columns", null, String(cells.length));
  if (cells.length < columns.length) return fault("too_few_columns", null, String(cells.length));
  const found = new Map<ImportField, Cell[]>();
  columns.forEach((column, index) => {
    const field = map[column];
    const value = field === "note" ? (cells[index] ?? "").trim() : tidyText(cells[index] ?? "");
    if (field && value !== "") found.set(field, [...(found.get(field) ?? []), { column, value }]);
  });
  const tooLong = [...found].find(([field, [cell]]) => (cell?.value.length ?? 0) > longestOf(field));
  if (tooLong) return fault("too_long", tooLong[1][0]?.column ?? null, tooLong[1][0]?.value.slice(0, 100) ?? null);
  return typedLead(found, reading);
}

function typedLead(found: ReadonlyMap<ImportField, Cell[]>, reading: Reading): ReadLead {
  const emails = readEach(found.get("email"), normalizeEmail, "bad_email");
  if ("fault" in emails) return emails;
  const phones = readEach(found.get("phone"), (value) => phoneOf(value, reading.region), "bad_phone");
  if ("fault" in phones) return phones;
  const firstContact = readEach(found.get("first_contact_at"), (value) => parseInstant(value, reading), "bad_date");
  if ("fault" in firstContact) return firstContact;
  const osc = readEach(found.get("osc_email"), normalizeEmail, "bad_email");
  if ("fault" in osc) return osc;
  const firstContactAt = firstContact.values[0] ?? null;
  if (firstContactAt && firstContactAt > reading.now) return faultOf("future_date", found.get("first_contact_at"));

  const text = (field: ImportField) => found.get(field)?.[0]?.value ?? null;
  const [given, family] = [text("given"), text("family")];
  const name = text("name") ?? ([given, family].filter(Boolean).join(" ") || null);
  const contact = emails.values[0] ?? phones.values[0]?.raw ?? null;
  if (!name && !contact) return fault("no_name_and_no_contact", null, null);
  return {
    lead: {
      ...blankLead,
      name: name ?? contact ?? "",
      given,
      family,
      emails: [...new Set(emails.values)],
      phones: phones.values.filter((phone, index, all) => all.findIndex(({ e164 }) => e164 === phone.e164) === index),
      place: text("place"),
      origin: text("origin"),
      locale: localeOf(text("locale")),
      need: text("need"),
      note: text("note"),
      externalId: text("external_id"),
      sourceSystem: text("external_id") ? "import" : null,
      firstContactAt,
      oscEmail: osc.values[0] ?? null,
    },
  };
}

/** A lead of whom nothing is known. */
export const blankLead: Lead = {
  name: "",
  given: null,
  family: null,
  kind: "household",
  emails: [],
  phones: [],
  place: null,
  segment: null,
  origin: null,
  locale: null,
  need: null,
  note: null,
  sourceSystem: null,
  externalId: null,
  firstContactAt: null,
  wonAt: null,
  oscEmail: null,
  oscExternalId: null,
  sellerExternalId: null,
  flag: null,
};

/** A row that is not taken, and where it is wrong. */
export function fault(reason: RejectReason, column: string | null, value: string | null): { fault: Fault } {
  return { fault: { reason, column, value } };
}

function faultOf(reason: RejectReason, cells: Cell[] | undefined): { fault: Fault } {
  return fault(reason, cells?.[0]?.column ?? null, cells?.[0]?.value ?? null);
}

function readEach<Value>(
  cells: Cell[] | undefined,
  read: (value: string) => Value | null,
  reason: RejectReason,
): { values: Value[] } | { fault: Fault } {
  const values: Value[] = [];
  for (const { column, value } of cells ?? []) {
    const each = read(value);
    if (each === null) return fault(reason, column, value);
    values.push(each);
  }
  return { values };
}

function phoneOf(value: string, region: string): { e164: string; raw: string } | null {
  const phone = normalizePhone(value, region);
  return phone ? { e164: phone.e164, raw: value } : null;
}

function localeOf(value: string | null): "en" | "he" | null {
  if (!value) return null;
  if (/^(he|iw|heb|hebrew|עברית)\b|^עברית/i.test(value)) return "he";
  return /^(en|eng|english)\b|^אנגלית/i.test(value) ? "en" : null;
}

function longestOf(field: ImportField): number {
  return field === "note" ? longestNote : longest;
}
