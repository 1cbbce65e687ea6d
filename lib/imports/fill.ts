import type { Context } from "@/lib/context";
import { pointRows } from "@/lib/customers/bulk";
import { type ReadPoint, readContactPoint } from "@/lib/customers/contact-points";
import { searchText } from "@/lib/customers/search-text";
import type { Lead } from "@/lib/imports/lead";
import { rowsOf } from "@/lib/imports/rows-of";

/** What a matched customer was before an import filled her empty fields, and the versions it left behind. */
export type FilledBefore = {
  customer: {
    place: string | null;
    segment: string | null;
    origin: string | null;
    notes: string;
    version: number;
    updatedAt: string;
  };
  person: { id: string; identityLevel: string; version: number } | null;
  search: string | null;
  pointIds: string[];
  after: { customerVersion: number; personVersion: number | null };
};

type KnownCustomer = {
  id: string;
  place: string | null;
  segment: string | null;
  origin: string | null;
  notes: string;
  version: number;
  updated_at: Date;
  merged_into_id: string | null;
};

type Known = KnownCustomer & {
  person_id: string | null;
  identity_level: string | null;
  person_version: number | null;
  search: string | null;
  points: string[];
};

type Match = { customerId: string; lead: Lead };
type Patch = { before: FilledBefore; changed: Known; points: ReadPoint[] };

/**
 * Fills what is empty at customers that a file names again, and adds e-mails and phones they did not have. What is
 * there stays. Answers for each match what undo needs, null where nothing was empty.
 */
export async function fillKnown(
  ctx: Context,
  matches: readonly Match[],
  { importId, region }: { importId: string; region: string },
): Promise<(FilledBefore | null)[]> {
  const befores: (FilledBefore | null)[] = [];
  for (const group of byTurns(matches)) {
    const known = await lockKnown(ctx, group);
    const patches = group.map(({ customerId, lead }) => {
      const standing = known.get(customerId);
      return standing ? patchOf(standing, lead, region) : null;
    });
    await write(
      ctx,
      patches.filter((patch) => patch !== null),
      importId,
    );
    befores.push(...patches.map((patch) => patch?.before ?? null));
  }
  return befores;
}

/** Runs of matches in which each customer comes once: a second row about her fills what the first one left empty. */
function byTurns(matches: readonly Match[]): Match[][] {
  const turns: Match[][] = [];
  let seen = new Set<string>();
  for (const match of matches) {
    const turn = turns.at(-1);
    if (turn && !seen.has(match.customerId)) turn.push(match);
    else {
      turns.push([match]);
      seen = new Set();
    }
    seen.add(match.customerId);
  }
  return turns;
}

/** Plain reads by id, no joins: right after a large import the planner knows nothing of the new rows and would join badly. */
async function lockKnown(ctx: Context, matches: readonly Match[]): Promise<Map<string, Known>> {
  const ids = [...new Set(matches.map(({ customerId }) => customerId))].sort();
  const { workspaceId } = ctx;
  const customers = await ctx.db.$queryRaw<KnownCustomer[]>`
    select id, place, segment, origin, notes, version, updated_at, merged_into_id from customers
    where workspace_id = ${workspaceId}::uuid and id = any(${ids}::uuid[]) order by id for update`;
  const ofThese = { workspaceId, customerId: { in: ids } };
  const persons = await ctx.db.person.findMany({
    where: { ...ofThese, isPrimary: true },
    select: { id: true, customerId: true, identityLevel: true, version: true },
  });
  const searches = await ctx.db.customerSearch.findMany({ where: ofThese, select: { customerId: true, text: true } });
  const points = await ctx.db.contactPoint.findMany({
    where: ofThese,
    select: { customerId: true, kind: true, value: true },
  });
  const personOf = new Map(persons.map((person) => [person.customerId, person]));
  const searchOf = new Map(searches.map(({ customerId, text }) => [customerId, text]));
  const pointsOf = new Map<string, string[]>();
  for (const { customerId, kind, value } of points) {
    pointsOf.set(customerId, [...(pointsOf.get(customerId) ?? []), `${kind}:${value}`]);
  }
  return new Map(
    customers.map((customer) => {
      const person = personOf.get(customer.id);
      const known: Known = {
        ...customer,
        person_id: person?.id ?? null,
        identity_level: person?.identityLevel ?? null,
        person_version: person?.version ?? null,
        search: searchOf.get(customer.id) ?? null,
        points: pointsOf.get(customer.id) ?? [],
      };
      return [customer.id, known];
    }),
  );
}

function patchOf(known: Known, lead: Lead, region: string): Patch | null {
  if (known.merged_into_id) return null;
  const points = known.person_id ? missingPoints(known, lead, region) : [];
  const changed: Known = {
    ...known,
    place: known.place ?? lead.place,
    segment: known.segment ?? lead.segment,
    origin: known.origin ?? lead.origin,
    notes: known.notes || (lead.note ?? ""),
    search: points.length > 0 ? withWords(known.search, points) : known.search,
    identity_level: levelWith(known.identity_level, points),
  };
  const fields = ["place", "segment", "origin", "notes"] as const;
  if (points.length === 0 && fields.every((field) => changed[field] === known[field])) return null;
  const isPersonChanged = changed.identity_level !== known.identity_level;
  const { place, segment, origin, notes, version } = known;
  const person = {
    id: known.person_id ?? "",
    identityLevel: known.identity_level ?? "",
    version: known.person_version ?? 1,
  };
  return {
    changed,
    points,
    before: {
      customer: { place, segment, origin, notes, version, updatedAt: known.updated_at.toISOString() },
      person: isPersonChanged ? person : null,
      search: changed.search === known.search ? null : known.search,
      pointIds: [],
      after: { customerVersion: version + 1, personVersion: isPersonChanged ? person.version + 1 : null },
    },
  };
}

function missingPoints(known: Known, { emails, phones }: Lead, region: string): ReadPoint[] {
  const read = [
    ...emails.map((email) => readContactPoint("email", email, region)),
    ...phones.map(({ raw }) => readContactPoint("phone", raw, region)),
  ];
  return read
    .filter((point) => point !== null)
    .filter((point) => !known.points.includes(`${point.kind}:${point.value}`));
}

function withWords(text: string | null, points: readonly ReadPoint[]): string {
  return [text ?? "", searchText(points.flatMap(({ search }) => search))].filter(Boolean).join(" ");
}

function levelWith(level: string | null, points: readonly ReadPoint[]): string | null {
  const isRaised = points.some(({ isReachable }) => isReachable) && (level === "anonymous" || level === "partial");
  return isRaised ? "contactable" : level;
}

async function write(ctx: Context, patches: readonly Patch[], importId: string): Promise<void> {
  if (patches.length === 0) return;
  const { workspaceId } = ctx;
  const customers = patches.map(({ changed: { id, place, segment, origin, notes } }) => ({
    id,
    place,
    segment,
    origin,
    notes,
  }));
  await ctx.db.$executeRaw`
    update customers c set place = x.place, segment = x.segment, origin = x.origin, notes = x.notes,
      version = c.version + 1, updated_at = ${ctx.now}
    from ${rowsOf(customers, { id: "uuid", place: "text", segment: "text", origin: "text", notes: "text" })}
    where c.workspace_id = ${workspaceId}::uuid and c.id = x.id`;
  const persons = patches
    .filter(({ before }) => before.person !== null)
    .map(({ changed, before }) => ({ id: before.person?.id, level: changed.identity_level }));
  if (persons.length > 0) {
    await ctx.db.$executeRaw`
      update persons p set identity_level = x.level, version = p.version + 1
      from ${rowsOf(persons, { id: "uuid", level: "text" })}
      where p.workspace_id = ${workspaceId}::uuid and p.id = x.id`;
  }
  const searches = patches
    .filter(({ before }) => before.search !== null)
    .map(({ changed: { id, search } }) => ({ id, search }));
  if (searches.length > 0) {
    await ctx.db.$executeRaw`
      update customer_search s set text = x.search
      from ${rowsOf(searches, { id: "uuid", search: "text" })}
      where s.workspace_id = ${workspaceId}::uuid and s.customer_id = x.id`;
  }
  const points = patches.flatMap(({ changed, before, points }) => {
    const at = { customerId: changed.id, personId: changed.person_id ?? "", importId, provenance: "import" };
    const rows = pointRows(ctx, at, points);
    before.pointIds.push(...rows.map(({ id }) => id));
    return rows;
  });
  if (points.length > 0) await ctx.db.contactPoint.createMany({ data: points });
}
