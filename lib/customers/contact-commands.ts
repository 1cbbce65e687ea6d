import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { record, transaction } from "../transaction";
import { pointRows, regionOf } from "./bulk";
import { touchCustomer } from "./commands";
import { readContactPoint } from "./contact-points";
import { expireConsents, promoteToLead } from "./promote";
import { getCustomer, getEditable } from "./queries";
import { refreshIdentity, refreshSearch } from "./refresh";
import type { AddContactPoint, ContactPointKey, CustomerView } from "./schema";

/**
 * Adds a way to reach a person. The same one may belong to several people of a household. Who was known by a handle
 * alone becomes a lead with her history; what she allowed as nobody in particular expires.
 */
export async function addContactPoint(ctx: Context, input: AddContactPoint): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  const { customerId, personId } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await getEditable(ctx, customerId);
    const person = await ctx.db.person.findFirst({
      where: { workspaceId, id: personId, customerId, mergedIntoId: null },
    });
    if (!person) throw new AppError("not_found", "person");
    const point = readContactPoint(input.kind, input.value, await regionOf(ctx), input.label);
    if (!point) throw new AppError("invalid", "input", { fields: { value: `bad_${input.kind}` } });
    const known = await ctx.db.contactPoint.findFirst({
      where: { workspaceId, personId, kind: point.kind, value: point.value },
      select: { id: true },
    });
    if (known) throw new AppError("conflict", "contact_point_known");
    const rows = pointRows(ctx, { customerId, personId, provenance: "typed" }, [point]);
    await ctx.db.contactPoint.createMany({ data: rows });
    const level = await refreshIdentity(ctx, personId);
    record(ctx, "contact_point.added", {
      subject: `contact_point:${rows[0]?.id}`,
      customerId,
      detail: { personId, kind: point.kind },
    });
    if (person.identityLevel === "anonymous" && level === "contactable") {
      await expireConsents(ctx, customerId, personId);
      await promoteToLead(ctx, customerId, null);
    }
    await refreshSearch(ctx, customerId);
    await touchCustomer(ctx, customerId);
    return getCustomer(ctx, { id: customerId });
  });
}

async function getPoint(ctx: Context, { customerId, contactPointId }: ContactPointKey) {
  await getEditable(ctx, customerId);
  if (!isId(contactPointId)) throw new AppError("not_found", "contact_point");
  const point = await ctx.db.contactPoint.findFirst({
    where: { workspaceId: ctx.workspaceId, id: contactPointId, customerId },
  });
  if (!point) throw new AppError("not_found", "contact_point");
  return point;
}

/** Takes a way to reach somebody off the record. */
export async function removeContactPoint(ctx: Context, key: ContactPointKey): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { id, personId, kind, value } = await getPoint(ctx, key);
    const { customerId } = key;
    await ctx.db.contactPoint.deleteMany({ where: { workspaceId: ctx.workspaceId, id } });
    await refreshIdentity(ctx, personId);
    await refreshSearch(ctx, customerId);
    await touchCustomer(ctx, customerId);
    record(ctx, "contact_point.removed", {
      subject: `contact_point:${id}`,
      customerId,
      detail: { personId, kind, value },
    });
    return getCustomer(ctx, { id: customerId });
  });
}

/** Notes that a way to reach somebody was proven to be hers. */
export async function verifyContactPoint(ctx: Context, key: ContactPointKey): Promise<CustomerView> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { id, personId, kind } = await getPoint(ctx, key);
    const { customerId } = key;
    await ctx.db.contactPoint.updateMany({
      where: { workspaceId: ctx.workspaceId, id },
      data: { verifiedAt: ctx.now },
    });
    await refreshIdentity(ctx, personId);
    await touchCustomer(ctx, customerId);
    record(ctx, "contact_point.verified", { subject: `contact_point:${id}`, customerId, detail: { personId, kind } });
    return getCustomer(ctx, { id: customerId });
  });
}
