import { normalizeEmail } from "@/lib/customers/normalize";
import { foldText } from "@/lib/customers/search-text";
import { parseInstant } from "@/lib/imports/dates";
import type { ColumnMatch, ImportField, Mapping } from "@/lib/imports/schema";

/** From this confidence on a column is taken without asking. */
export const surely = 0.6;

/** What columns are called, in English and Hebrew; compared folded, so case, points and underscores do not matter. */
const names: Record<ImportField, readonly string[]> = {
  name: [
    "name",
    "full name",
    "fullname",
    "customer",
    "customer name",
    "client",
    "client name",
    "contact",
    "contact name",
    "lead",
    "lead name",
    "display name",
    "שם",
    "שם מלא",
    "לקוח",
    "שם לקוח",
    "שם הלקוח",
    "איש קשר",
  ],
  given: ["given name", "given", "first name", "firstname", "forename", "first", "שם פרטי", "פרטי"],
  family: ["family name", "family", "last name", "lastname", "surname", "last", "שם משפחה", "משפחה"],
  email: [
    "email",
    "e mail",
    "mail",
    "email address",
    "e mail address",
    "email 1",
    "work email",
    "personal email",
    "home email",
    "אימייל",
    "דואל",
    "מייל",
    "דוא ל",
    "דואר אלקטרוני",
    "כתובת מייל",
    "כתובת אימייל",
  ],
  phone: [
    "phone",
    "phone number",
    "telephone",
    "tel",
    "mobile",
    "mobile phone",
    "mobile number",
    "cell",
    "cell phone",
    "cellphone",
    "home phone",
    "work phone",
    "phone 1",
    "phone 2",
    "whatsapp",
    "טלפון",
    "טלפון נייד",
    "נייד",
    "סלולרי",
    "מספר טלפון",
    "טל",
    "פלאפון",
  ],
  place: [
    "place",
    "city",
    "town",
    "location",
    "address",
    "community",
    "project",
    "עיר",
    "יישוב",
    "ישוב",
    "מקום",
    "כתובת",
  ],
  origin: [
    "origin",
    "source",
    "lead source",
    "channel",
    "original source",
    "utm source",
    "referrer",
    "campaign",
    "מקור",
    "מקור ליד",
    "מקור הליד",
    "מקור הגעה",
    "ערוץ",
    "קמפיין",
  ],
  locale: ["locale", "language", "lang", "preferred language", "שפה", "שפה מועדפת"],
  need: [
    "need",
    "needs",
    "interest",
    "interested in",
    "product",
    "looking for",
    "requirement",
    "inquiry",
    "צורך",
    "צרכים",
    "התעניינות",
    "מתעניין ב",
    "מוצר",
    "מה מחפש",
  ],
  note: [
    "note",
    "notes",
    "comment",
    "comments",
    "remarks",
    "description",
    "message",
    "הערה",
    "הערות",
    "תיאור",
    "הודעה",
  ],
  first_contact_at: [
    "first contact at",
    "first contact",
    "first contact date",
    "date of first contact",
    "created",
    "created at",
    "create date",
    "created date",
    "date created",
    "creation date",
    "lead date",
    "date",
    "inquiry date",
    "תאריך",
    "תאריך יצירה",
    "תאריך פנייה",
    "תאריך פניה",
    "תאריך פנייה ראשונה",
    "תאריך קשר ראשון",
    "נוצר",
  ],
  external_id: [
    "external id",
    "id",
    "lead id",
    "customer id",
    "contact id",
    "record id",
    "crm id",
    "reference",
    "מזהה",
    "מזהה לקוח",
    "מזהה ליד",
    "מספר לקוח",
  ],
  osc_email: [
    "osc email",
    "osc e mail",
    "osc",
    "owner email",
    "contact owner email",
    "consultant email",
    "assigned to email",
    "מייל נציג",
    "אימייל נציג",
    "מייל יועץ",
    "אימייל יועצת",
    "מייל יועצת",
  ],
};

/** Columns that name accounts of ours and their rights: an import never touches them. */
const neverTaken =
  /\b(user|username|password|role|roles|permission|permissions|admin|תפקיד|הרשאה|הרשאות|סיסמה)\b|סיסמ|הרשא/u;

const several: ReadonlySet<ImportField> = new Set(["email", "phone"]);

const exact = new Map(
  Object.entries(names).flatMap(([field, list]) => list.map((name) => [fold(name), field as ImportField] as const)),
);

function fold(name: string): string {
  return foldText(name.replace(/[_.\-/]+/g, " "));
}

/**
 * Guesses what each column brings: by its name, else by what stands in the first rows. `confidence` is 0 to 1.
 *
 * One column for each field but e-mail and phone, the surest first; below `surely` the field is left open.
 */
export function matchColumns(columns: readonly string[], rows: readonly (readonly string[])[]): ColumnMatch[] {
  const guesses = columns.map((column, index) => {
    const cells = rows.map((row) => row[index]?.trim() ?? "").filter((cell) => cell !== "");
    return { column, index, samples: [...new Set(cells)].slice(0, 3), ...guess(column, cells) };
  });
  const taken = new Set<ImportField>();
  const fields = new Map<number, ImportField>();
  for (const { index, field, confidence } of [...guesses].sort((a, b) => b.confidence - a.confidence)) {
    if (!field || confidence < surely || (taken.has(field) && !several.has(field))) continue;
    taken.add(field);
    fields.set(index, field);
  }
  return guesses.map(({ column, samples, confidence, index }) => {
    const field = fields.get(index) ?? null;
    return { column, samples, field, confidence: field ? confidence : 0 };
  });
}

type Guess = { field: ImportField | null; confidence: number };

function guess(column: string, cells: readonly string[]): Guess {
  const name = fold(column);
  const known = exact.get(name);
  if (known) return { field: known, confidence: agrees(known, cells) ? 1 : surely };
  if (neverTaken.test(name)) return { field: null, confidence: 0 };
  const part = [...exact].filter(([each]) => each.length > 3 && ` ${name} `.includes(` ${each} `));
  const [longest] = part.sort(([a], [b]) => b.length - a.length);
  if (longest && agrees(longest[1], cells)) return { field: longest[1], confidence: 0.8 };
  return byContent(cells);
}

/** Whether the values do not speak against the name: "e-mail wanted" with yes and no is no address. */
function agrees(field: ImportField, cells: readonly string[]): boolean {
  if (cells.length === 0) return true;
  if (field === "email" || field === "osc_email") return share(cells, isEmail) >= 0.3;
  if (field === "phone") return share(cells, isPhoneLike) >= 0.3;
  if (field === "first_contact_at") return share(cells, isDate) >= 0.3;
  return true;
}

function byContent(cells: readonly string[]): Guess {
  if (cells.length < 2) return { field: null, confidence: 0 };
  if (share(cells, isEmail) >= 0.6) return { field: "email", confidence: 0.7 };
  if (share(cells, isPhoneLike) >= 0.8) return { field: "phone", confidence: 0.6 };
  return { field: null, confidence: 0 };
}

function share(cells: readonly string[], test: (cell: string) => boolean): number {
  return cells.filter(test).length / cells.length;
}

const isEmail = (cell: string) => normalizeEmail(cell) !== null;
const isPhoneLike = (cell: string) => /^[+(]?[\d\s().\-/]{7,20}$/.test(cell) && !isDate(cell);
const isDate = (cell: string) => parseInstant(cell, { timeZone: "UTC", region: "US" }) !== null || isDayFirst(cell);
const isDayFirst = (cell: string) => parseInstant(cell, { timeZone: "UTC", region: "IL" }) !== null;

/** The mapping that the matches propose. */
export function mappingOf(matches: readonly ColumnMatch[]): Mapping {
  return Object.fromEntries(matches.map(({ column, field }) => [column, field]));
}
