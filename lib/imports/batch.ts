import type { Context } from "@/lib/context";
import { createCustomers } from "@/lib/customers/bulk";
import { newId } from "@/lib/identifiers";
import { type FilledBefore, fillKnown } from "@/lib/imports/fill";
import { findKnown } from "@/lib/imports/known";
import { type Fault, fault, type Lead } from "@/lib/imports/lead";
import { mediumOfOrigin } from "@/lib/imports/medium";
import type { PlannedRow } from "@/lib/imports/plan";
import type { ImportCounts } from "@/lib/imports/schema";
import { insertRows } from "@/lib/insert-rows";
import { type BulkInteraction, insertInteractions } from "@/lib/interactions/commands";
import { type StartJourney, startJourneys } from "@/lib/journeys/start";

/** What every batch of one import shares. */
export type Job = {
  importId: string;
  dryRun: boolean;
  region: string;
  coverageLeadId: string;
  /** E-mail of each OSC to member. */
  oscByEmail: ReadonlyMap<string, string>;
  /** Outside id of each person the import brought to member; empty in a dry run. */
  memberByExternalId: ReadonlyMap<string, string>;
};

type Outcome = {
  row: PlannedRow;
  outcome: "created" | "matched" | "rejected";
  fault: Fault | null;
  lead: Lead | null;
  customerId: string | null;
  before: FilledBefore | null;
};

/** Writes rows of a file and what became of each, in the caller's transaction; a dry run writes the outcomes alone. */
export async function writeBatch(ctx: Context, job: Job, rows: readonly PlannedRow[]): Promise<ImportCounts> {
  const outcomes = await decide(ctx, job, rows);
  if (!job.dryRun) {
    await createNew(ctx, job, outcomes);
    await fillMatched(ctx, job, outcomes);
  }
  await insertRows(
    ctx,
    "import_rows",
    outcomes.map(({ row, outcome, fault, customerId, before }) => ({
      workspaceId: ctx.workspaceId,
      importId: job.importId,
      line: row.line,
      outcome,
      reason: fault?.reason ?? null,
      columnName: fault?.column ?? null,
      value: fault?.value?.slice(0, 500) ?? null,
      customerId,
      before,
      raw: row.cells,
    })),
  );
  return countOf(outcomes);
}

function countOf(outcomes: readonly Outcome[]): ImportCounts {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  return {
    rows: outcomes.length,
    created: count(({ outcome }) => outcome === "created"),
    matched: count(({ outcome }) => outcome === "matched"),
    rejected: count(({ outcome }) => outcome === "rejected"),
    flagged: count(({ outcome, lead }) => outcome === "created" && lead?.flag !== null),
  };
}

async function decide(ctx: Context, job: Job, rows: readonly PlannedRow[]): Promise<Outcome[]> {
  const read = rows.map((row) => ({ row, read: withKnownOsc(row, job) }));
  const leads = read.flatMap(({ read }) => ("lead" in read ? [read.lead] : []));
  const known = await findKnown(ctx, leads);
  let next = 0;
  return read.map(({ row, read }) => {
    if ("fault" in read) {
      return { row, outcome: "rejected", fault: read.fault, lead: null, customerId: null, before: null };
    }
    const customerId = known[next] ?? null;
    next += 1;
    const outcome = customerId ? "matched" : "created";
    return { row, outcome, fault: null, lead: read.lead, customerId, before: null };
  });
}

function withKnownOsc({ read }: PlannedRow, { oscByEmail }: Job): PlannedRow["read"] {
  const email = "lead" in read ? read.lead.oscEmail : null;
  return email && !oscByEmail.has(email) ? fault("unknown_osc", null, email) : read;
}

async function createNew(ctx: Context, job: Job, outcomes: Outcome[]): Promise<void> {
  const made = outcomes.flatMap((each) =>
    each.outcome === "created" && each.lead ? [{ each, lead: each.lead, id: newId() }] : [],
  );
  for (const { each, id } of made) each.customerId = id;
  const people = await createCustomers(
    ctx,
    made.map(({ lead, id }) => ({
      id,
      name: lead.name,
      kind: lead.kind,
      segment: lead.segment,
      place: lead.place,
      origin: lead.origin,
      locale: lead.locale ?? undefined,
      flag: lead.flag,
      notes: lead.note ?? undefined,
      sourceSystem: lead.sourceSystem,
      externalId: lead.externalId,
      importId: job.importId,
      provenance: "import",
      persons: [
        {
          name: lead.name,
          givenName: lead.given ?? undefined,
          familyName: lead.family ?? undefined,
          locale: lead.locale ?? undefined,
          emails: lead.emails,
          phones: lead.phones.map(({ raw }) => raw),
        },
      ],
    })),
    { region: job.region },
  );
  const hubs = made.map(({ lead, id }, index) => {
    const personId = people[index]?.primaryPersonId ?? null;
    return { lead, customerId: id, personId, journeyId: newId() };
  });
  await startJourneys(
    ctx,
    hubs.map((hub) => journeyOf(ctx, job, hub)),
  );
  await insertInteractions(
    ctx,
    hubs.flatMap((hub) => firstContactOf(job, hub)),
  );
}

type Hub = { lead: Lead; customerId: string; personId: string | null; journeyId: string };

function journeyOf(ctx: Context, job: Job, { lead, ...hub }: Hub): StartJourney {
  const arrival = { stageKey: "first", at: lead.firstContactAt ?? ctx.now };
  const sellerId = job.memberByExternalId.get(lead.sellerExternalId ?? "") ?? null;
  const won = lead.wonAt ? [{ stageKey: "won", at: lead.wonAt, accountableId: sellerId }] : [];
  return {
    ...hub,
    osc: oscOf(job, lead),
    need: lead.need,
    importId: job.importId,
    history: [arrival, ...won],
    next: { name: "First review" },
  };
}

function oscOf(job: Job, { oscEmail, oscExternalId }: Lead): StartJourney["osc"] {
  const named = job.oscByEmail.get(oscEmail ?? "") ?? job.memberByExternalId.get(oscExternalId ?? "");
  if (named) return { memberId: named, reason: "import", detail: { importId: job.importId } };
  return { memberId: job.coverageLeadId, reason: "coverage", detail: { importId: job.importId } };
}

function firstContactOf(job: Job, { lead, ...hub }: Hub): BulkInteraction[] {
  if (!lead.firstContactAt) return [];
  return [
    {
      ...hub,
      id: newId(),
      medium: mediumOfOrigin(lead.origin),
      type: "first inquiry",
      direction: "inbound",
      startedAt: lead.firstContactAt,
      origin: lead.origin,
      moments: [],
      sourceSystem: lead.externalId ? lead.sourceSystem : null,
      externalId: lead.externalId,
      importId: job.importId,
    },
  ];
}

async function fillMatched(ctx: Context, job: Job, outcomes: Outcome[]): Promise<void> {
  const matched = outcomes.flatMap((each) =>
    each.outcome === "matched" && each.customerId && each.lead
      ? [{ each, customerId: each.customerId, lead: each.lead }]
      : [],
  );
  const befores = await fillKnown(ctx, matched, job);
  matched.forEach(({ each }, index) => {
    each.before = befores[index] ?? null;
  });
}
