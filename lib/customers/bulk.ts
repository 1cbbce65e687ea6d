import type { Context } from "../context";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { type ReadPoint, readContactPoints } from "./contact-points";
import { nameKeyOf } from "./duplicates";
import { householdName, identityLevelOf, isRealName } from "./identity";
import type { IdentityLevel, PersonInput } from "./schema";
import { searchText } from "./search-text";

type Contact = string | { value: string; label?: string | undefined };

export type BulkPerson = Partial<Pick<PersonInput, "name" | "givenName" | "familyName" | "role" | "locale">> & {
  id?: string;
  emails?: Contact[];
  phones?: Contact[];
  socials?: Contact[];
};

/** One customer to create; ids may be given so that a repeated batch writes the same rows. */
export type BulkCustomer = {
  id?: string;
  name?: string | undefined;
  kind?: string | undefined;
  segment?: string | null | undefined;
  place?: string | null | undefined;
  origin?: string | null | undefined;
  locale?: string | undefined;
  timeZone?: string | null | undefined;
  flag?: string | null | undefined;
  notes?: string | undefined;
  sourceSystem?: string | null | undefined;
  externalId?: string | null | undefined;
  importId?: string | null | undefined;
  provenance: string;
  persons: BulkPerson[];
};

export type BulkResult = {
  customerId: string;
  name: string;
  personIds: string[];
  primaryPersonId: string | null;
  identityLevel: IdentityLevel;
  /** Contact fields that could not be read (`persons.0.phones.1`) and were left out. */
  problems: Record<string, string>;
};

const asContact = (contact: Contact) =>
  typeof contact === "string" ? { value: contact, label: undefined } : { value: contact.value, label: contact.label };

type ReadPerson = { input: BulkPerson; id: string; name: string; points: ReadPoint[]; level: IdentityLevel };

/** The name a person is shown under: her own, else what she is known by. */
function shownName(input: BulkPerson, points: readonly ReadPoint[]): string {
  const own = input.name ?? [input.givenName, input.familyName].filter(Boolean).join(" ");
  if (own) return own;
  const [social] = points.filter(({ kind }) => kind === "social");
  return social ? `@${social.search[0]}` : (points[0]?.value ?? "");
}

function readPerson(input: BulkPerson, region: string) {
  const lists = {
    emails: (input.emails ?? []).map(asContact),
    phones: (input.phones ?? []).map(asContact),
    socials: (input.socials ?? []).map(asContact),
  };
  const { points, problems } = readContactPoints(lists, region);
  const name = shownName(input, points);
  const hasName = isRealName(
    name,
    points.map(({ value }) => value),
  );
  const level = identityLevelOf({ hasName, points: points.map((point) => ({ ...point, isVerified: false })) });
  return { person: { input, id: input.id ?? newId(), name, points, level }, problems };
}

/** The search row of a customer, made of everything she is found by. */
export function searchRow(
  name: string,
  persons: readonly { name: string; search: readonly string[] }[],
): { text: string; nameKey: string } {
  const parts = [name, ...persons.flatMap((person) => [person.name, ...person.search])];
  return { text: searchText(parts), nameKey: nameKeyOf(name) };
}

function rowsOf(ctx: Context, customer: BulkCustomer, region: string) {
  const { workspaceId } = ctx;
  const customerId = customer.id ?? newId();
  const read = customer.persons.map((person) => readPerson(person, region));
  const persons: ReadPerson[] = read.map(({ person }) => person);
  const name =
    customer.name ??
    householdName(persons.map((person) => ({ name: person.name, familyName: person.input.familyName ?? null })));
  const importId = customer.importId ?? null;
  const search = searchRow(
    name,
    persons.map((person) => ({ name: person.name, search: person.points.flatMap((point) => point.search) })),
  );
  const problems = Object.fromEntries(
    read.flatMap((each, index) =>
      Object.entries(each.problems).map(([field, reason]) => [`persons.${index}.${field}`, reason]),
    ),
  );
  const result: BulkResult = {
    customerId,
    name,
    personIds: persons.map(({ id }) => id),
    primaryPersonId: persons[0]?.id ?? null,
    identityLevel: persons[0]?.level ?? "anonymous",
    problems,
  };
  return {
    result,
    customer: {
      workspaceId,
      id: customerId,
      name,
      kind: customer.kind ?? "household",
      segment: customer.segment ?? null,
      place: customer.place ?? null,
      origin: customer.origin ?? null,
      locale: customer.locale ?? customer.persons[0]?.locale ?? ctx.locale,
      timeZone: customer.timeZone ?? null,
      flag: customer.flag ?? null,
      notes: customer.notes ?? "",
      createdAt: ctx.now,
      createdById: ctx.memberId,
      updatedAt: ctx.now,
      sourceSystem: customer.sourceSystem ?? null,
      externalId: customer.externalId ?? null,
      importId,
    } satisfies Prisma.CustomerCreateManyInput,
    persons: persons.map((person, index) => personRow(ctx, { customerId, importId }, person, index === 0)),
    points: persons.flatMap((person) =>
      pointRows(ctx, { customerId, personId: person.id, importId, provenance: customer.provenance }, person.points),
    ),
    search: { workspaceId, customerId, ...search },
  };
}

function personRow(
  ctx: Context,
  at: { customerId: string; importId: string | null },
  { input, id, name, level }: ReadPerson,
  isPrimary: boolean,
) {
  return {
    workspaceId: ctx.workspaceId,
    id,
    customerId: at.customerId,
    name,
    givenName: input.givenName ?? null,
    familyName: input.familyName ?? null,
    role: input.role ?? null,
    locale: input.locale ?? null,
    identityLevel: level,
    isPrimary,
    createdAt: ctx.now,
    importId: at.importId,
  } satisfies Prisma.PersonCreateManyInput;
}

/** Rows of contact points as they are stored. */
export function pointRows(
  ctx: Context,
  at: { customerId: string; personId: string; importId?: string | null; provenance: string },
  points: readonly ReadPoint[],
) {
  return points.map(
    ({ kind, value, raw, label }) =>
      ({
        workspaceId: ctx.workspaceId,
        id: newId(),
        customerId: at.customerId,
        personId: at.personId,
        kind,
        value,
        raw,
        label,
        provenance: at.provenance,
        createdAt: ctx.now,
        importId: at.importId ?? null,
      }) satisfies Prisma.ContactPointCreateManyInput,
  );
}

/** The region in which a phone number without a country is read (ISO 3166). */
export async function regionOf(ctx: Context): Promise<string> {
  const settings = await ctx.db.workspaceSettings.findFirst({
    where: { workspaceId: ctx.workspaceId },
    select: { region: true },
  });
  return settings?.region ?? "US";
}

/**
 * Inserts customers with their people, contact points and search text, four statements for any number of rows, in the
 * caller's transaction, which records. Contact points that cannot be read are left out and named in `problems`.
 * Looks for no duplicates and starts no journey. Answers in the order of `rows`.
 */
export async function createCustomers(
  ctx: Context,
  rows: readonly BulkCustomer[],
  options: { region?: string } = {},
): Promise<BulkResult[]> {
  if (rows.length === 0) return [];
  const region = options.region ?? (await regionOf(ctx));
  const made = rows.map((row) => rowsOf(ctx, row, region));
  await insertRows(
    ctx,
    "customers",
    made.map(({ customer }) => customer),
  );
  await insertRows(
    ctx,
    "persons",
    made.flatMap(({ persons }) => persons),
  );
  await insertRows(
    ctx,
    "contact_points",
    made.flatMap(({ points }) => points),
  );
  await insertRows(
    ctx,
    "customer_search",
    made.map(({ search }) => search),
  );
  return made.map(({ result }) => result);
}
