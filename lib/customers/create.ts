import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { logInteraction } from "../interactions/commands";
import { LogInteraction } from "../interactions/schema";
import { chooseOsc } from "../journeys/assign";
import { startJourneys } from "../journeys/start";
import { nothingChanged, record, sqlState, transaction } from "../transaction";
import { attachTo } from "./attach";
import { createCustomers, regionOf } from "./bulk";
import { type ReadPersonInput, readContactPoints } from "./contact-points";
import { attachTarget, pairOf, scoreOf } from "./duplicates";
import { findMatches, lockContactValues, type Match } from "./matches";
import { survivorOf } from "./queries";
import type { CreateCustomer, CreatedCustomer } from "./schema";

/** The new person's own names; a handle is no name to compare by. */
function namesOf({ name, persons }: CreateCustomer): string[] {
  const own = persons.map((person) => person.name ?? [person.givenName, person.familyName].filter(Boolean).join(" "));
  return [...new Set([...own, name ?? ""])].filter((each) => each !== "" && !each.startsWith("@"));
}

/** Reads everybody's contact points; answers field by field what could not be read. */
function readPersons({ name, persons }: CreateCustomer, region: string): ReadPersonInput[] {
  const fields: Record<string, string> = {};
  const read = persons.map((input, index) => {
    const { points, problems } = readContactPoints(input, region);
    for (const [field, reason] of Object.entries(problems)) fields[`persons.${index}.${field}`] = reason;
    const isNamed = Boolean(input.name ?? input.givenName ?? input.familyName ?? name);
    if (!isNamed && points.length === 0 && Object.keys(problems).length === 0)
      fields[`persons.${index}.name`] = "name_or_contact";
    return { input, points };
  });
  if (Object.keys(fields).length > 0) throw new AppError("invalid", "input", { fields });
  return read;
}

async function findBySource(
  ctx: Context,
  { sourceSystem, externalId }: CreateCustomer,
): Promise<CreatedCustomer | null> {
  if (!sourceSystem || !externalId) return null;
  const { workspaceId } = ctx;
  const known = await ctx.db.customer.findFirst({
    where: { workspaceId, sourceSystem, externalId },
    select: { id: true },
  });
  if (!known) return null;
  const id = await survivorOf(ctx, known.id);
  const journey = await ctx.db.journey.findFirst({
    where: { workspaceId, customerId: id, isPrimary: true },
    select: { id: true },
  });
  return { id, journeyId: journey?.id ?? null, attached: true, duplicates: [] };
}

async function logMessage(
  ctx: Context,
  input: CreateCustomer,
  at: { customerId: string; personId: string | null; journeyId: string },
): Promise<void> {
  if (!input.message) return;
  const interaction = LogInteraction.parse({
    ...at,
    medium: input.medium ?? "portal",
    direction: "inbound",
    type: "first inquiry",
    summary: input.message,
  });
  await logInteraction({ ...ctx, actor: ctx.actor }, interaction);
}

async function openPairs(ctx: Context, customerId: string, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return;
  await ctx.db.duplicatePair.createMany({
    data: matches.map((match) => ({
      workspaceId: ctx.workspaceId,
      id: newId(),
      ...pairOf(customerId, match.customerId),
      reasons: match.reasons,
      score: scoreOf(match.reasons),
      createdAt: ctx.now,
    })),
    skipDuplicates: true,
  });
}

async function createNew(
  ctx: Context,
  input: CreateCustomer,
  region: string,
  matches: readonly Match[],
): Promise<CreatedCustomer> {
  const provenance = input.message ? "message" : "typed";
  const [made] = await createCustomers(ctx, [{ ...input, provenance }], { region });
  if (!made) throw new AppError("invalid", "input");
  const { customerId, name, primaryPersonId: personId } = made;
  const osc = await chooseOsc(ctx, { locale: input.locale ?? input.persons[0]?.locale });
  const history = [{ stageKey: input.preLead ? "pre_lead" : "first", at: ctx.now }];
  const start = {
    customerId,
    customerName: name,
    personId,
    osc,
    need: input.need ?? null,
    history,
    next: "template",
  } as const;
  const [journey] = await startJourneys(ctx, [start]);
  record(ctx, "customer.created", {
    subject: `customer:${customerId}`,
    customerId,
    journeyId: journey?.journeyId ?? null,
    detail: {
      name,
      origin: input.origin ?? null,
      identityLevel: made.identityLevel,
      duplicates: matches.map((match) => match.customerId),
    },
  });
  await openPairs(ctx, customerId, matches);
  if (journey) await logMessage(ctx, input, { customerId, personId, journeyId: journey.journeyId });
  return { id: customerId, journeyId: journey?.journeyId ?? null, attached: false, duplicates: shown(matches) };
}

const shown = (matches: readonly Match[]) =>
  matches.filter(({ isVisible }) => isVisible).map(({ customerId, name, reasons }) => ({ customerId, name, reasons }));

async function arrive(ctx: Context, input: CreateCustomer): Promise<CreatedCustomer> {
  const known = await findBySource(ctx, input);
  if (known) {
    nothingChanged(ctx);
    return known;
  }
  const region = await regionOf(ctx);
  const persons = readPersons(input, region);
  const points = persons.flatMap((person) => person.points);
  await lockContactValues(ctx, points);
  const names = namesOf(input);
  const matches = await findMatches(ctx, { names, place: input.place, points });
  const target = input.duplicates === "attach" ? attachTarget(names, matches) : null;
  const match = matches.find(({ customerId, isVisible }) => customerId === target?.customerId && isVisible);
  if (!match) return createNew(ctx, input, region, matches);
  const at = await attachTo(ctx, match.customerId, input, persons);
  await logMessage(ctx, input, at);
  return {
    id: match.customerId,
    journeyId: at.journeyId,
    attached: true,
    duplicates: shown(matches.filter((each) => each !== match)),
  };
}

/**
 * Takes in somebody who turned up (DOMAIN A1): attaches to the one customer with the same e-mail or phone and a like
 * name, else creates one with a journey and an OSC in the same transaction, and notes who looks alike for a manager to
 * decide. The same source system and id twice is one customer. A `message` becomes her first inbound interaction.
 * Throws `invalid` with the field of a contact point that cannot be read.
 */
export async function createCustomer(ctx: Context, input: CreateCustomer): Promise<CreatedCustomer> {
  if (ctx.actor.kind === "member" || ctx.actor.kind === "key") requirePermission(ctx, "customers.edit");
  try {
    return await transaction(ctx, (ctx) => arrive(ctx, input));
  } catch (error) {
    const isTwin = sqlState(error) === "23505" || (error as { code?: string }).code === "P2002";
    if (!isTwin || !input.externalId || ctx.pending) throw error;
    return transaction(ctx, (ctx) => arrive(ctx, input)); // the same record arrived twice at one instant
  }
}
