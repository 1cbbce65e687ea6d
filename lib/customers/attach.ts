import type { Context } from "../context";
import { newId } from "../identifiers";
import { chooseOsc } from "../journeys/assign";
import { startJourneys } from "../journeys/start";
import { openStatuses } from "../journeys/vocabulary";
import { record } from "../transaction";
import { pointRows } from "./bulk";
import type { ReadPersonInput } from "./contact-points";
import { likeEnough, personLikeness } from "./duplicates";
import { identityLevelOf, isRealName } from "./identity";
import { expireConsents, promoteToLead } from "./promote";
import { personsOf } from "./queries";
import { refreshIdentity, refreshSearch } from "./refresh";
import type { CreateCustomer, PersonInput, PersonView } from "./schema";

const nameOf = (input: PersonInput) => input.name ?? [input.givenName, input.familyName].filter(Boolean).join(" ");

/** Who of the household it is: by contact and name, by name, or the one whose contact it is when no name was given. */
function whoIs({ input, points }: ReadPersonInput, people: readonly PersonView[]): PersonView | undefined {
  const name = nameOf(input);
  const sharing = people.filter(({ contactPoints }) =>
    contactPoints.some((known) => points.some(({ kind, value }) => kind === known.kind && value === known.value)),
  );
  if (!name) return sharing[0];
  const alike = (person: PersonView) => personLikeness(person.name, name) >= likeEnough;
  return sharing.find(alike) ?? people.find(alike);
}

async function addPoints(
  ctx: Context,
  customerId: string,
  person: PersonView,
  { points }: ReadPersonInput,
  provenance: string,
): Promise<void> {
  const fresh = points.filter(
    ({ kind, value }) => !person.contactPoints.some((known) => known.kind === kind && known.value === value),
  );
  if (fresh.length === 0) return;
  await ctx.db.contactPoint.createMany({
    data: pointRows(ctx, { customerId, personId: person.id, provenance }, fresh),
    skipDuplicates: true,
  });
  const level = await refreshIdentity(ctx, person.id);
  if (person.identityLevel === "anonymous" && level !== "anonymous") await expireConsents(ctx, customerId, person.id);
}

/** Adds somebody to a household. Answers her id. */
export async function insertPerson(
  ctx: Context,
  customerId: string,
  { input, points }: ReadPersonInput,
  provenance: string,
): Promise<string> {
  const personId = newId();
  const name = nameOf(input) || (points[0]?.kind === "social" ? `@${points[0].search[0]}` : (points[0]?.value ?? ""));
  const hasName = isRealName(
    name,
    points.map(({ value }) => value),
  );
  const identityLevel = identityLevelOf({ hasName, points: points.map((point) => ({ ...point, isVerified: false })) });
  const { givenName = null, familyName = null, role = null, locale = null } = input;
  await ctx.db.person.create({
    data: {
      workspaceId: ctx.workspaceId,
      id: personId,
      customerId,
      name,
      givenName,
      familyName,
      role,
      locale,
      identityLevel,
      isPrimary: false,
      createdAt: ctx.now,
    },
  });
  await ctx.db.contactPoint.createMany({ data: pointRows(ctx, { customerId, personId, provenance }, points) });
  return personId;
}

async function openJourney(
  ctx: Context,
  customerId: string,
  personId: string | null,
  input: CreateCustomer,
): Promise<string> {
  const { workspaceId } = ctx;
  const open = await ctx.db.journey.findFirst({
    where: { workspaceId, customerId, status: { in: [...openStatuses] } },
    orderBy: [{ isPrimary: "desc" }, { lastActivityAt: "desc" }],
    select: { id: true },
  });
  if (open) return open.id;
  await ctx.db.journey.updateMany({
    where: { workspaceId, customerId, isPrimary: true },
    data: { isPrimary: false, version: { increment: 1 } },
  });
  const osc = await chooseOsc(ctx, { locale: input.locale, customerId });
  const history = [{ stageKey: input.preLead ? "pre_lead" : "first", at: ctx.now }];
  const [started] = await startJourneys(ctx, [
    { customerId, personId, osc, need: input.need ?? null, history, next: "template" },
  ]);
  return started?.journeyId ?? "";
}

/**
 * Attaches an arrival to a customer we know: new ways to reach her are added, a person of another name joins the
 * household, and her open journey goes on, or a new one starts with the OSC she had. Runs in the caller's transaction.
 */
export async function attachTo(
  ctx: Context,
  customerId: string,
  input: CreateCustomer,
  persons: readonly ReadPersonInput[],
): Promise<{ customerId: string; personId: string | null; journeyId: string }> {
  const provenance = input.message ? "message" : "typed";
  const people = await personsOf(ctx, customerId);
  let personId: string | null = null;
  for (const person of persons) {
    const known = whoIs(person, people);
    if (known) await addPoints(ctx, customerId, known, person, provenance);
    const id = known?.id ?? (await insertPerson(ctx, customerId, person, provenance));
    personId ??= id;
  }
  await refreshSearch(ctx, customerId);
  const journeyId = await openJourney(ctx, customerId, personId, input);
  if (!input.preLead) await promoteToLead(ctx, customerId, input.need ?? null);
  await ctx.db.customer.updateMany({
    where: { workspaceId: ctx.workspaceId, id: customerId },
    data: { updatedAt: ctx.now, version: { increment: 1 } },
  });
  record(ctx, "customer.attached", {
    subject: `customer:${customerId}`,
    customerId,
    journeyId,
    detail: { origin: input.origin ?? null, personId },
  });
  return { customerId, personId, journeyId };
}
