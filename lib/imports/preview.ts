import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { mappingOf } from "@/lib/imports/header-match";
import { type Lead, type Reading, type ReadLead, readLead } from "@/lib/imports/lead";
import { findOlistFiles, olistReader, readDeals } from "@/lib/imports/olist";
import { firstRecords, matchSources, openSources } from "@/lib/imports/plan";
import {
  type ImportField,
  type ImportPreview,
  importFields,
  type PreviewImport,
  type PreviewRow,
} from "@/lib/imports/schema";
import type { Source } from "@/lib/imports/source";

const shown = 50;

/**
 * What stored files are and what their first 50 rows would become: encoding, delimiter, repair or the reason of a
 * refusal, what each column brings and how sure that is. Writes nothing.
 */
export async function previewImport(ctx: Context, input: PreviewImport): Promise<ImportPreview> {
  requirePermission(ctx, "imports.run");
  const { workspaceId } = ctx;
  const files = await ctx.db.file.findMany({
    where: { workspaceId, id: { in: input.files }, mediaType: "text/csv" },
    select: { id: true, name: true, content: true },
  });
  const settings = await ctx.db.workspaceSettings.findFirst({ where: { workspaceId }, select: { region: true } });
  const sources = openSources(
    input.files.map((id) => {
      const file = files.find((each) => each.id === id);
      if (!file) throw new AppError("not_found", "file");
      return file;
    }),
  );
  const reading = { region: settings?.region ?? "US", timeZone: ctx.timeZone, now: ctx.now };
  return previewOf(sources, input, reading);
}

function previewOf(sources: readonly Source[], input: PreviewImport, reading: Reading): ImportPreview {
  const views = sources.map(({ view }) => view);
  const readable = sources.filter(({ view }) => view.refused === null);
  const olist = findOlistFiles(readable);
  if (olist && !input.mapping) {
    const read = olistReader(olist.leads, readDeals(olist.deals, reading), reading);
    return { files: views, preset: "olist", matches: [], ...typedRows([olist.leads], () => read) };
  }
  const matches = matchSources(readable);
  const mapping = input.mapping ?? mappingOf(matches);
  const chosen = matches.map((match) => ({ ...match, field: mapping[match.column] ?? null }));
  const readWith = (source: Source) => (cells: readonly string[]) => readLead(source.columns, cells, mapping, reading);
  return { files: views, preset: null, matches: chosen, ...typedRows(readable, readWith) };
}

type Reader = (cells: readonly string[]) => ReadLead;

function typedRows(sources: readonly Source[], readerOf: (source: Source) => Reader) {
  const rows = sources.flatMap((source) => {
    const read = readerOf(source);
    return firstRecords(source, shown).map((record): PreviewRow => {
      const base = { line: record.line, values: {}, column: null };
      if (record.problem) return { ...base, reason: record.problem };
      const result = read(record.cells);
      if ("fault" in result) return { ...base, reason: result.fault.reason, column: result.fault.column };
      return { ...base, reason: null, values: valuesOf(result.lead) };
    });
  });
  const first = rows.slice(0, shown);
  const fields = importFields.filter((field) => first.some(({ values }) => values[field] !== undefined));
  return { rows: first, fields };
}

function valuesOf(lead: Lead): PreviewRow["values"] {
  const values: Record<ImportField, string | null> = {
    name: lead.name,
    given: lead.given,
    family: lead.family,
    email: lead.emails.join(", "),
    phone: lead.phones.map(({ e164 }) => e164).join(", "),
    place: lead.place,
    origin: lead.origin,
    locale: lead.locale,
    need: lead.need,
    note: lead.note?.slice(0, 200) ?? null,
    first_contact_at: lead.firstContactAt?.toISOString() ?? null,
    external_id: lead.externalId,
    osc_email: lead.oscEmail,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as PreviewRow["values"];
}
