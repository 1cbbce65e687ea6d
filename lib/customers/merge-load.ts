import type { Context } from "../context";
import { AppError } from "../errors";
import type { Customer, Journey, Person } from "../generated/prisma/client";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { MergeableJourney, MergeablePerson } from "./merge-rules";

export type MergePerson = Person &
  Omit<MergeablePerson, "points"> & { points: { id: string; kind: string; value: string; verifiedAt: Date | null }[] };
export type MergeJourney = Journey & MergeableJourney;

/** One of the two records with everything a merge decides by. */
export type Side = { customer: Customer; persons: MergePerson[]; journeys: MergeJourney[] };

/**
 * Locks the journeys and then the rows of the customers, in the order of their ids, so that merges, and writes on the
 * journeys, follow each other and never lock each other out.
 */
export async function lockCustomers(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`
    select id from journeys where workspace_id = ${ctx.workspaceId}::uuid and customer_id = any(${[...ids]}::uuid[]) order by id for update`;
  await ctx.db.$queryRaw`
    select id from customers where workspace_id = ${ctx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`;
}

async function loadSide(ctx: Context, customerId: string): Promise<Side> {
  const { workspaceId } = ctx;
  const customer = await ctx.db.customer.findFirst({ where: { workspaceId, id: customerId } });
  if (!customer) throw new AppError("not_found", "customer");
  const persons = await ctx.db.person.findMany({
    where: { workspaceId, customerId, mergedIntoId: null },
    orderBy: [{ isPrimary: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  const points = await ctx.db.contactPoint.findMany({ where: { workspaceId, customerId }, orderBy: { id: "asc" } });
  const journeys = await ctx.db.journey.findMany({ where: { workspaceId, customerId }, orderBy: { id: "asc" } });
  const stages = await ctx.db.stage.findMany({
    where: { workspaceId, id: { in: journeys.map(({ stageId }) => stageId) } },
    select: { id: true, position: true },
  });
  const positions = new Map(stages.map(({ id, position }) => [id, position]));
  return {
    customer,
    persons: persons.map((person) => ({ ...person, points: points.filter(({ personId }) => personId === person.id) })),
    journeys: journeys.map((journey) => ({ ...journey, stagePosition: positions.get(journey.stageId) ?? 0 })),
  };
}

function requireFresh(side: Side, version: number | undefined): void {
  const { customer } = side;
  if (customer.mergedIntoId)
    throw new AppError("conflict", "already_merged", { current: { mergedIntoId: customer.mergedIntoId } });
  if (version !== undefined && version !== customer.version) {
    const { id, name, place, version: current } = customer;
    throw new AppError("conflict", "version", { current: { id, name, place, version: current } });
  }
}

/** Loads and locks both records; `not_found` when one is not here or may not be seen, `conflict` when one was merged or changed since. */
export async function loadSides(
  ctx: Context,
  input: {
    survivorId: string;
    loserId: string;
    survivorVersion?: number | undefined;
    loserVersion?: number | undefined;
  },
): Promise<{ survivor: Side; loser: Side }> {
  await lockCustomers(ctx, [input.survivorId, input.loserId]);
  const survivor = await loadSide(ctx, input.survivorId);
  const loser = await loadSide(ctx, input.loserId);
  requireFresh(survivor, input.survivorVersion);
  requireFresh(loser, input.loserVersion);
  await requireVisibleCustomer(ctx, input.survivorId);
  await requireVisibleCustomer(ctx, input.loserId);
  return { survivor, loser };
}
