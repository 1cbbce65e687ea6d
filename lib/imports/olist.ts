import { parseInstant } from "@/lib/imports/dates";
import { blankLead, type Fault, fault, type Reading, type ReadLead } from "@/lib/imports/lead";
import type { Source } from "@/lib/imports/source";

const leadColumns = ["mql_id", "first_contact_date", "origin"];
const dealColumns = ["mql_id", "sdr_id", "sr_id", "won_date"];

/** Someone of the seller's staff who is known by an outside id alone. */
export type OutsidePerson = { externalId: string; isOsc: boolean; isSales: boolean };

type Deal = { oscId: string | null; sellerId: string | null; wonAt: Date | null; segment: string | null };

/** Everything the file of closed deals says, and the rows of it that say nothing. */
export type Deals = {
  byLead: Map<string, Deal>;
  people: OutsidePerson[];
  faults: { line: number; cells: string[]; fault: Fault }[];
  /** Where each deal stands, for those whose lead never comes. */
  lines: Map<string, { line: number; cells: string[] }>;
};

/** Whether the files are the two of the Olist funnel, by their headers, in either order; null when they are not. */
export function findOlistFiles<File extends Pick<Source, "columns">>(
  files: readonly File[],
): { leads: File; deals: File } | null {
  const has = (file: File, columns: string[]) => columns.every((column) => file.columns.includes(column));
  const deals = files.find((file) => has(file, dealColumns));
  const leads = files.find((file) => file !== deals && has(file, leadColumns));
  return deals && leads && files.length === 2 ? { leads, deals } : null;
}

function reader(columns: readonly string[]): (cells: readonly string[], column: string) => string {
  const index = new Map(columns.map((column, at) => [column, at]));
  return (cells, column) => cells[index.get(column) ?? -1]?.trim() ?? "";
}

/** Reads the closed deals; one deal for each lead, the first one written. */
export function readDeals(source: Source, reading: Reading): Deals {
  const of = reader(source.columns);
  const deals: Deals = { byLead: new Map(), people: [], faults: [], lines: new Map() };
  const people = new Map<string, OutsidePerson>();
  const meet = (externalId: string, role: Partial<OutsidePerson>) => {
    const known = people.get(externalId) ?? { externalId, isOsc: false, isSales: false };
    people.set(externalId, { ...known, ...role });
  };
  for (const { line, cells } of source.records()) {
    const id = of(cells, "mql_id");
    const written = of(cells, "won_date");
    const wonAt = parseInstant(written, reading);
    const refuse = (reason: Fault["reason"], column: string, value: string) =>
      deals.faults.push({ line, cells, fault: { reason, column, value } });
    if (!id) refuse("no_external_id", "mql_id", "");
    else if (!wonAt) refuse("bad_date", "won_date", written);
    else if (deals.byLead.has(id)) refuse("duplicate_in_file", "mql_id", id);
    else {
      const [oscId, sellerId] = [of(cells, "sdr_id") || null, of(cells, "sr_id") || null];
      if (oscId) meet(oscId, { isOsc: true });
      if (sellerId) meet(sellerId, { isSales: true });
      deals.byLead.set(id, { oscId, sellerId, wonAt, segment: of(cells, "business_segment") || null });
      deals.lines.set(id, { line, cells });
    }
  }
  deals.people = [...people.values()];
  return deals;
}

/** Reads one lead of the funnel together with its deal; a win before the first contact is taken and flagged. */
export function olistReader(source: Source, deals: Deals, reading: Reading): (cells: readonly string[]) => ReadLead {
  const of = reader(source.columns);
  return (cells) => {
    if (cells.length > source.columns.length) return fault("too_many_columns", null, String(cells.length));
    if (cells.length < source.columns.length) return fault("too_few_columns", null, String(cells.length));
    const externalId = of(cells, "mql_id");
    if (!externalId) return fault("no_external_id", "mql_id", "");
    const written = of(cells, "first_contact_date");
    const firstContactAt = parseInstant(written, reading);
    if (!firstContactAt) return fault("bad_date", "first_contact_date", written);
    if (firstContactAt > reading.now) return fault("future_date", "first_contact_date", written);
    const deal = deals.byLead.get(externalId);
    const wonAt = deal?.wonAt ?? null;
    return {
      lead: {
        ...blankLead,
        name: `Lead ${externalId.slice(0, 6)}`,
        kind: "account",
        sourceSystem: "olist",
        externalId,
        origin: of(cells, "origin") || null,
        segment: deal?.segment ?? null,
        firstContactAt,
        wonAt,
        oscExternalId: deal?.oscId ?? null,
        sellerExternalId: deal?.sellerId ?? null,
        flag: wonAt && wonAt < firstContactAt ? "won_before_first_contact" : null,
      },
    };
  };
}

/** The name of a member who is known by an outside id alone: her roles and the first six characters. */
export function nameOfOutsidePerson({ externalId, isOsc, isSales }: OutsidePerson): string {
  const role = isOsc && isSales ? "OSC and Sales" : isOsc ? "OSC" : "Sales";
  return `${role} ${externalId.slice(0, 6)}`;
}
