import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Customer } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { ContactKind, ContactPointView, CustomerView, IdentityLevel, PersonView } from "./schema";

/**
 * The id under which a customer now stands: her own, or that of the record she was merged into. Throws `not_found` when
 * there is no such customer here.
 */
export async function survivorOf(ctx: Context, id: string): Promise<string> {
  if (!isId(id)) throw new AppError("not_found", "customer");
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    with recursive chain as (
      select id, merged_into_id, 0 as depth from customers where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid and deleted_at is null
      union all
      select c.id, c.merged_into_id, chain.depth + 1 from customers c join chain on c.id = chain.merged_into_id
      where c.workspace_id = ${ctx.workspaceId}::uuid and chain.depth < 100
    ) select id from chain where merged_into_id is null`;
  const survivor = rows[0];
  if (!survivor) throw new AppError("not_found", "customer");
  return survivor.id;
}

/** The people of a customer with their contact points, primary first. Persons that turned out to be another are left out. */
export async function personsOf(ctx: Context, customerId: string): Promise<PersonView[]> {
  const { workspaceId } = ctx;
  const persons = await ctx.db.person.findMany({
    where: { workspaceId, customerId, mergedIntoId: null },
    orderBy: [{ isPrimary: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  const points = await ctx.db.contactPoint.findMany({
    where: { workspaceId, customerId },
    orderBy: [{ kind: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return persons.map(({ id, name, givenName, familyName, role, locale, identityLevel, isPrimary, version }) => ({
    id,
    name,
    givenName,
    familyName,
    role,
    locale,
    identityLevel: identityLevel as IdentityLevel,
    isPrimary,
    version,
    contactPoints: points.filter(({ personId }) => personId === id).map(viewOfPoint),
  }));
}

function viewOfPoint(point: {
  id: string;
  kind: string;
  value: string;
  raw: string;
  label: string | null;
  provenance: string;
  verifiedAt: Date | null;
}): ContactPointView {
  const { id, kind, value, raw, label, provenance, verifiedAt } = point;
  return { id, kind: kind as ContactKind, value, raw, label, provenance, isVerified: verifiedAt !== null };
}

/** A customer row and her people as they leave the server. */
export function viewOfCustomer(customer: Customer, persons: PersonView[]): CustomerView {
  const { id, name, kind, place, segment, origin, locale, timeZone, flag, notes, sourceSystem, externalId, version } =
    customer;
  return {
    id,
    name,
    kind,
    place,
    segment,
    origin,
    locale,
    timeZone,
    flag,
    notes,
    createdAt: customer.createdAt.toISOString(),
    updatedAt: customer.updatedAt.toISOString(),
    sourceSystem,
    externalId,
    version,
    persons,
  };
}

/** The customer with her people; a merged one answers as the record she became. `not_found` when not here or not to be seen. */
export async function getCustomer(ctx: Context, { id }: { id: string }): Promise<CustomerView> {
  requirePermission(ctx, "journeys.read");
  const customerId = await survivorOf(ctx, id);
  await requireVisibleCustomer(ctx, customerId);
  const customer = await ctx.db.customer.findFirst({ where: { workspaceId: ctx.workspaceId, id: customerId } });
  if (!customer) throw new AppError("not_found", "customer");
  return viewOfCustomer(customer, await personsOf(ctx, customerId));
}

/** The row for writing: visible, neither merged nor deleted. */
export async function getEditable(ctx: Context, id: string): Promise<Customer> {
  if (!isId(id)) throw new AppError("not_found", "customer");
  const customer = await ctx.db.customer.findFirst({
    where: { workspaceId: ctx.workspaceId, id, mergedIntoId: null, deletedAt: null },
  });
  if (!customer) throw new AppError("not_found", "customer");
  const isOutside = ctx.actor.kind === "system" || ctx.actor.kind === "customer";
  if (!isOutside) await requireVisibleCustomer(ctx, id);
  return customer;
}
