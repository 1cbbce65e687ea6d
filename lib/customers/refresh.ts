import type { Context } from "../context";
import { searchRow } from "./bulk";
import { isReachable, searchPartsOf } from "./contact-points";
import { identityLevelOf, isRealName } from "./identity";

async function peopleOf(ctx: Context, customerId: string) {
  const { workspaceId } = ctx;
  const persons = await ctx.db.person.findMany({
    where: { workspaceId, customerId, mergedIntoId: null },
    orderBy: [{ isPrimary: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  const points = await ctx.db.contactPoint.findMany({ where: { workspaceId, customerId }, orderBy: { id: "asc" } });
  return persons.map((person) => ({ ...person, points: points.filter(({ personId }) => personId === person.id) }));
}

/** Writes what a customer is found by, from her name, people and contact points as they now stand. */
export async function refreshSearch(ctx: Context, customerId: string): Promise<void> {
  const { workspaceId } = ctx;
  const customer = await ctx.db.customer.findFirst({ where: { workspaceId, id: customerId }, select: { name: true } });
  if (!customer) return;
  const people = await peopleOf(ctx, customerId);
  const search = searchRow(
    customer.name,
    people.map(({ name, points }) => ({
      name,
      search: points.flatMap(({ kind, value }) => searchPartsOf(kind, value)),
    })),
  );
  await ctx.db.customerSearch.upsert({
    where: { workspaceId_customerId: { workspaceId, customerId } },
    create: { workspaceId, customerId, ...search },
    update: search,
  });
}

/** Writes how much we know of a person, from her name and contact points as they now stand; answers the new level. */
export async function refreshIdentity(ctx: Context, personId: string): Promise<string> {
  const { workspaceId } = ctx;
  const person = await ctx.db.person.findFirst({ where: { workspaceId, id: personId } });
  if (!person) return "anonymous";
  const points = await ctx.db.contactPoint.findMany({ where: { workspaceId, personId } });
  const hasName = isRealName(
    person.name,
    points.map(({ value }) => value),
  );
  const facts = points.map(({ kind, value, verifiedAt }) => ({
    kind,
    isReachable: isReachable(kind, value),
    isVerified: verifiedAt !== null,
  }));
  const identityLevel = identityLevelOf({ hasName, points: facts });
  if (identityLevel !== person.identityLevel) {
    await ctx.db.person.updateMany({
      where: { workspaceId, id: personId },
      data: { identityLevel, version: { increment: 1 } },
    });
  }
  return identityLevel;
}
