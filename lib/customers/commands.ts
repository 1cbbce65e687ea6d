import { requirePermission } from "../auth/permissions";
import { isTimeZone } from "../calendar/zone";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { record, transaction } from "../transaction";
import { insertPerson } from "./attach";
import { regionOf } from "./bulk";
import { readContactPoints } from "./contact-points";
import { getCustomer, getEditable } from "./queries";
import { refreshIdentity, refreshSearch } from "./refresh";
import type { AddPerson, CustomerView, MakePrimaryPerson, UpdateCustomer, UpdatePerson } from "./schema";

/** Only what differs: field to value before, and field to value now. */
function differences<Row extends object>(
  row: Row,
  changes: Partial<Row>,
): { before: Partial<Row>; after: Partial<Row> } {
  const before: Partial<Row> = {};
  const after: Partial<Row> = {};
  for (const key of Object.keys(changes) as (keyof Row)[]) {
    if (changes[key] === undefined || changes[key] === row[key]) continue;
    before[key] = row[key];
    after[key] = changes[key];
  }
  return { before, after };
}

/** Somebody or something of the customer changed, so that a stale copy of it is refused. */
export async function touchCustomer(ctx: Context, customerId: string): Promise<void> {
  await ctx.db.customer.updateMany({
    where: { workspaceId: ctx.workspaceId, id: customerId },
    data: { updatedAt: ctx.now, version: { increment: 1 } },
  });
}

/**
 * Changes plain fields of a customer. Throws `conflict` with the row as it now stands when somebody else was faster.
 */
export async function updateCustomer(ctx: Context, { id, version, ...changes }: UpdateCustomer): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  if (changes.timeZone && !isTimeZone(changes.timeZone))
    throw new AppError("invalid", "input", { fields: { timeZone: "unknown_time_zone" } });
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const customer = await getEditable(ctx, id);
    const { before, after } = differences(customer, changes);
    const { count } = await ctx.db.customer.updateMany({
      where: { workspaceId, id, version },
      data: { ...after, updatedAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: await getCustomer(ctx, { id }) });
    if (after.name !== undefined) await refreshSearch(ctx, id);
    record(ctx, "customer.updated", { subject: `customer:${id}`, customerId: id, detail: { before, after } });
    return getCustomer(ctx, { id });
  });
}

async function getPerson(ctx: Context, customerId: string, personId: string) {
  await getEditable(ctx, customerId);
  if (!isId(personId)) throw new AppError("not_found", "person");
  const person = await ctx.db.person.findFirst({
    where: { workspaceId: ctx.workspaceId, id: personId, customerId, mergedIntoId: null },
  });
  if (!person) throw new AppError("not_found", "person");
  return person;
}

/** Changes a person's name, role or language. Throws `conflict` with the row as it now stands on a stale version. */
export async function updatePerson(
  ctx: Context,
  { customerId, personId, version, ...changes }: UpdatePerson,
): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const person = await getPerson(ctx, customerId, personId);
    const { before, after } = differences(person, changes);
    const { count } = await ctx.db.person.updateMany({
      where: { workspaceId, id: personId, version },
      data: { ...after, version: { increment: 1 } },
    });
    if (count === 0) {
      const { name, givenName, familyName, role, locale, version: current } = person;
      throw new AppError("conflict", "version", {
        current: { name, givenName, familyName, role, locale, version: current },
      });
    }
    if (after.name !== undefined) {
      await refreshIdentity(ctx, personId);
      await refreshSearch(ctx, customerId);
    }
    await touchCustomer(ctx, customerId);
    record(ctx, "person.updated", { subject: `person:${personId}`, customerId, detail: { before, after } });
    return getCustomer(ctx, { id: customerId });
  });
}

/** Adds a person to the household or account. */
export async function addPerson(ctx: Context, { customerId, person }: AddPerson): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    await getEditable(ctx, customerId);
    const { points, problems } = readContactPoints(person, await regionOf(ctx));
    const fields = Object.fromEntries(Object.entries(problems).map(([field, reason]) => [`person.${field}`, reason]));
    if (!person.name && !person.givenName && !person.familyName && points.length === 0)
      fields["person.name"] ??= "name_or_contact";
    if (Object.keys(fields).length > 0) throw new AppError("invalid", "input", { fields });
    const personId = await insertPerson(ctx, customerId, { input: person, points }, "typed");
    await refreshSearch(ctx, customerId);
    await touchCustomer(ctx, customerId);
    record(ctx, "person.added", { subject: `person:${personId}`, customerId, detail: { name: person.name ?? null } });
    return getCustomer(ctx, { id: customerId });
  });
}

/** Makes somebody the person one speaks to first. */
export async function makePrimaryPerson(
  ctx: Context,
  { customerId, personId }: MakePrimaryPerson,
): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await getPerson(ctx, customerId, personId);
    await touchCustomer(ctx, customerId); // locks the row, so that two of these follow each other
    const before = await ctx.db.person.findFirst({
      where: { workspaceId, customerId, isPrimary: true },
      select: { id: true },
    });
    await ctx.db.person.updateMany({
      where: { workspaceId, customerId, isPrimary: true },
      data: { isPrimary: false, version: { increment: 1 } },
    });
    await ctx.db.person.updateMany({
      where: { workspaceId, id: personId },
      data: { isPrimary: true, version: { increment: 1 } },
    });
    record(ctx, "person.made_primary", {
      subject: `person:${personId}`,
      customerId,
      detail: { before: before?.id ?? null },
    });
    return getCustomer(ctx, { id: customerId });
  });
}
