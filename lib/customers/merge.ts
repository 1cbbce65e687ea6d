import { mergeAccounts } from "../accounts/commands";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { isOpen } from "../journeys/rules";
import { mergeProposals } from "../proposals/merge";
import { mergeSellingTeams } from "../selling-teams/commands";
import { record, transaction } from "../transaction";
import { ChangeLog } from "./change-log";
import { restartClocks } from "./merge-clocks";
import { giveOsc, mergeJourney } from "./merge-journeys";
import { loadSides, type MergeJourney, type Side } from "./merge-load";
import { mergePersons, mergeSearch } from "./merge-persons";
import { chooseFields, choosePrimary, chooseSurvivingOsc, pairJourneys } from "./merge-rules";
import type { MergeCustomers } from "./schema";

/** Tables whose rows name their customer and have no more to decide. Persons, journeys and search come before. */
const followers = [
  "contact_points",
  "touchpoints",
  "interactions",
  "off_track_events",
  "recovery_steps",
  "relays",
  "promises",
  "tasks",
  "appointments",
  "customer_links",
  "notifications",
  "import_rows",
] as const;

async function mergeJourneys(
  ctx: Context,
  log: ChangeLog,
  survivor: Side,
  loser: Side,
  oscId: string | null,
): Promise<MergeJourney[]> {
  const pairs = pairJourneys(survivor.journeys, loser.journeys);
  const ended = new Set(pairs.map((pair) => pair.loser.id));
  const remaining = [...survivor.journeys, ...loser.journeys].filter(({ id }) => !ended.has(id));
  log.open("journeys");
  await log.change("journeys", { customer_id: loser.customer.id, is_primary: true }, { is_primary: false });
  await log.change("journeys", { customer_id: loser.customer.id }, { customer_id: survivor.customer.id });
  for (const pair of pairs) await mergeJourney(ctx, log, pair.survivor, pair.loser);
  for (const journey of loser.journeys.filter(({ id, status }) => !ended.has(id) && isOpen(status))) {
    log.open(`version:${journey.id}`);
    await log.change("journeys", { id: journey.id }, { version: journey.version + 1 });
  }
  if (oscId)
    for (const journey of await openNow(ctx, survivor.customer.id))
      await giveOsc(ctx, log, { ...journey, stagePosition: 0 }, oscId, loser.customer.id);
  const primary = choosePrimary(survivor.journeys, remaining);
  if (primary) {
    log.open("primary", true);
    const others = survivor.journeys.map(({ id }) => id).filter((id) => id !== primary.id);
    await log.change("journeys", { id: others, is_primary: true }, { is_primary: false });
    await log.change("journeys", { id: primary.id }, { is_primary: true });
  }
  return remaining.filter(({ status }) => isOpen(status));
}

/** The open journeys as they stand now, after one may have taken another's place. */
function openNow(ctx: Context, customerId: string) {
  const { workspaceId } = ctx;
  return ctx.db.journey.findMany({
    where: { workspaceId, customerId, status: { notIn: ["merged", "lost", "completed"] } },
    orderBy: { id: "asc" },
  });
}

async function mergePairs(ctx: Context, log: ChangeLog, survivorId: string, loserId: string): Promise<void> {
  log.open("pairs");
  const { workspaceId } = ctx;
  const ids = [survivorId, loserId];
  const pairs = await ctx.db.duplicatePair.findMany({
    where: { workspaceId, OR: [{ firstId: { in: ids } }, { secondId: { in: ids } }] },
    orderBy: { id: "asc" },
  });
  const other = ({ firstId, secondId }: { firstId: string; secondId: string }, id: string) =>
    firstId === id ? secondId : firstId;
  const known = new Set(
    pairs
      .filter((pair) => pair.firstId === survivorId || pair.secondId === survivorId)
      .map((pair) => other(pair, survivorId)),
  );
  for (const pair of pairs.filter(({ firstId, secondId }) => firstId === loserId || secondId === loserId)) {
    const third = other(pair, loserId);
    if (third === survivorId) {
      await log.change(
        "duplicate_pairs",
        { id: pair.id },
        { state: "merged", decided_at: ctx.now, decided_by_id: ctx.memberId },
      );
    } else if (known.has(third)) {
      if (pair.state === "open")
        await log.change("duplicate_pairs", { id: pair.id }, { state: "superseded", decided_at: ctx.now });
    } else {
      const [firstId, secondId] = [third, survivorId].sort();
      await log.change("duplicate_pairs", { id: pair.id }, { first_id: firstId, second_id: secondId });
    }
  }
}

async function mergeRows(
  ctx: Context,
  log: ChangeLog,
  survivor: Side,
  loser: Side,
  chosen: Record<string, string | null>,
): Promise<void> {
  const [from, to] = [loser.customer.id, survivor.customer.id];
  log.open("followers");
  for (const table of followers) await log.change(table, { customer_id: from }, { customer_id: to });
  await mergeAccounts(ctx, log, from, to);
  await mergeProposals(ctx, log, from, to);
  await mergeSellingTeams(ctx, log, from, to);
  await mergePairs(ctx, log, to, from);
  log.open("customers");
  for (const [column, value] of Object.entries(chosen)) await log.change("customers", { id: to }, { [column]: value });
  await log.change("customers", { id: to }, { updated_at: ctx.now, version: survivor.customer.version + 1 });
  await log.change(
    "customers",
    { id: from },
    { merged_into_id: to, updated_at: ctx.now, version: loser.customer.version + 1 },
  );
}

/**
 * Makes one customer of two. Everything of the loser becomes the survivor's, the loser's row stays and points there;
 * journeys of one need become one, the strictest consent holds, one OSC remains (named by `oscId` when they differ).
 * Can be taken back for 30 days. Throws `refused` `osc_required`, `conflict` when one was merged or changed meanwhile.
 */
export async function mergeCustomers(
  ctx: Context,
  input: MergeCustomers,
): Promise<{ mergeId: string; survivorId: string }> {
  requirePermission(ctx, "customers.merge");
  return transaction(ctx, async (ctx) => {
    const { survivor, loser } = await loadSides(ctx, input);
    const oscId = enforce(chooseSurvivingOsc([...survivor.journeys, ...loser.journeys], input.oscId));
    const chosen = chooseFields(survivor.customer, loser.customer, input.fields);
    const log = new ChangeLog(ctx);
    const people = await mergePersons(ctx, log, survivor, loser, input.persons);
    const open = await mergeJourneys(ctx, log, survivor, loser, oscId);
    await mergeRows(ctx, log, survivor, loser, chosen);
    await mergeSearch(log, survivor.customer.id, loser.customer.id, chosen.name ?? survivor.customer.name, people);
    const mergeId = newId();
    await ctx.db.merge.create({
      data: {
        workspaceId: ctx.workspaceId,
        id: mergeId,
        survivorId: survivor.customer.id,
        loserId: loser.customer.id,
        moved: { version: survivor.customer.version, groups: log.groups } as unknown as Prisma.InputJsonObject,
        mergedAt: ctx.now,
        mergedById: ctx.memberId,
      },
    });
    for (const { id } of open) await restartClocks(ctx, id);
    announce(ctx, mergeId, survivor, loser, { fields: chosen, oscId });
    return { mergeId, survivorId: survivor.customer.id };
  });
}

function announce(ctx: Context, mergeId: string, survivor: Side, loser: Side, detail: object): void {
  const ids = { survivorId: survivor.customer.id, loserId: loser.customer.id };
  record(ctx, "customer.merged", {
    subject: `customer:${ids.survivorId}`,
    customerId: ids.survivorId,
    detail: { ...ids, mergeId, ...detail },
    data: { ...ids, mergeId },
  });
  record(ctx, "customer.merged", {
    subject: `customer:${ids.loserId}`,
    customerId: ids.loserId,
    detail: { ...ids, mergeId },
    data: { ...ids, mergeId },
  });
}
