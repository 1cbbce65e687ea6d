import { AppError } from "@/lib/errors";
import { mappingOf, matchColumns } from "@/lib/imports/header-match";
import { fault, type Lead, type Reading, type ReadLead, readLead } from "@/lib/imports/lead";
import { findOlistFiles, type OutsidePerson, olistReader, readDeals } from "@/lib/imports/olist";
import { type ImportPreset, linesPerFile, type Mapping } from "@/lib/imports/schema";
import { openSource, type Source, type SourceRecord, type StoredFile } from "@/lib/imports/source";

/** One row and what it says; `line` is unique over all files of the import, `progress` 0 to 1. */
export type PlannedRow = { line: number; cells: string[]; progress: number; read: ReadLead };

/** The rows of an import in order, and the people it brings along. Reading it again gives the same. */
export type ImportPlan = { mapping: Mapping; people: OutsidePerson[]; rows(): Generator<PlannedRow> };

export type PlanInput = { preset: ImportPreset | null; mapping: Mapping | null };

/** Opens files in the order given, each with lines of its own. */
export function openSources(files: readonly StoredFile[]): Source[] {
  return files.map((file, index) => openSource(file, index * linesPerFile));
}

/** How many rows of a file are looked at to tell what its columns bring. */
const sampled = 200;

/** The first rows of a file. */
export function firstRecords(source: Source, count: number): SourceRecord[] {
  const records: SourceRecord[] = [];
  for (const record of source.records()) {
    records.push(record);
    if (records.length >= count) break;
  }
  return records;
}

/** What each column of the files brings, one entry for each name. */
export function matchSources(sources: readonly Source[]) {
  const seen = new Set<string>();
  return sources.flatMap((source) => {
    const rows = firstRecords(source, sampled).map(({ cells }) => cells);
    return matchColumns(source.columns, rows).filter(({ column }) => !seen.has(column) && seen.add(column));
  });
}

/** Whether a mapping brings a name or a way to reach somebody. */
export function namesSomebody(mapping: Mapping): boolean {
  const naming = ["name", "given", "family", "email", "phone"];
  return Object.values(mapping).some((field) => field !== null && naming.includes(field));
}

/**
 * Plans an import of opened files by its preset, its mapping, or what the headers show.
 *
 * Throws `refused` with the reason when a file cannot be read (`file_hebrew_lossy` ...), is not what the preset needs
 * (`not_olist`), or names nobody (`no_mapping`). A row that says the same e-mail, phone or outside id as an earlier one
 * is a fault.
 */
export function planImport(sources: readonly Source[], input: PlanInput, reading: Reading): ImportPlan {
  const refused = sources.find(({ view }) => view.refused !== null);
  if (refused) throw new AppError("refused", `file_${refused.view.refused}`, { detail: refused.view.name });
  if (input.preset === "olist") return planOlist(sources, reading);
  const mapping = input.mapping ?? mappingOf(matchSources(sources));
  if (!namesSomebody(mapping)) throw new AppError("refused", "no_mapping");
  return {
    mapping,
    people: [],
    *rows() {
      const isNew = earlierRows();
      for (const [index, source] of sources.entries()) {
        for (const record of source.records()) {
          const read = readRecord(record, (cells) => readLead(source.columns, cells, mapping, reading));
          const progress = (index + record.progress) / sources.length;
          yield { line: source.view.offset + record.line, cells: record.cells, progress, read: isNew(read) };
        }
      }
    },
  };
}

function planOlist(sources: readonly Source[], reading: Reading): ImportPlan {
  const files = findOlistFiles(sources);
  if (!files) throw new AppError("refused", "not_olist");
  const deals = readDeals(files.deals, reading);
  const read = olistReader(files.leads, deals, reading);
  const { offset } = files.deals.view;
  return {
    mapping: {},
    people: deals.people,
    *rows() {
      const isNew = earlierRows();
      for (const each of deals.faults) {
        yield { line: offset + each.line, cells: each.cells, progress: 0, read: { fault: each.fault } };
      }
      const left = new Map(deals.lines);
      for (const record of files.leads.records()) {
        const row = isNew(readRecord(record, read));
        if ("lead" in row) left.delete(row.lead.externalId ?? "");
        yield {
          line: files.leads.view.offset + record.line,
          cells: record.cells,
          progress: record.progress,
          read: row,
        };
      }
      for (const [id, { line, cells }] of left) {
        yield { line: offset + line, cells, progress: 1, read: fault("unknown_lead", "mql_id", id) };
      }
    },
  };
}

function readRecord(record: SourceRecord, read: (cells: string[]) => ReadLead): ReadLead {
  return record.problem ? fault(record.problem, null, null) : read(record.cells);
}

/** Tells a row that says who an earlier one already was; only rows that are taken count. */
function earlierRows(): (read: ReadLead) => ReadLead {
  const seen = new Set<string>();
  return (read) => {
    if ("fault" in read) return read;
    const marks = marksOf(read.lead);
    const again = marks.find(({ mark }) => seen.has(mark));
    if (again) return fault("duplicate_in_file", null, again.value);
    for (const { mark } of marks) seen.add(mark);
    return read;
  };
}

function marksOf({ externalId, emails, phones }: Lead): { mark: string; value: string }[] {
  return [
    ...(externalId ? [{ mark: `id:${externalId}`, value: externalId }] : []),
    ...emails.map((email) => ({ mark: `email:${email}`, value: email })),
    ...phones.map(({ e164 }) => ({ mark: `phone:${e164}`, value: e164 })),
  ];
}
