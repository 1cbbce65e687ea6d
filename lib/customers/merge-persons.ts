import { mergedConsents } from "../consents/rules";
import type { ConsentState } from "../consents/schema";
import type { Context } from "../context";
import { newId } from "../identifiers";
import { searchRow } from "./bulk";
import type { ChangeLog } from "./change-log";
import { isReachable, searchPartsOf } from "./contact-points";
import { identityLevelOf, isRealName } from "./identity";
import type { MergePerson, Side } from "./merge-load";
import { type MergeablePerson, pairPersons } from "./merge-rules";

type Pairing = readonly { loserPersonId: string; into: string | null }[] | undefined;

/** Which persons are the same human, loser's id to survivor's: as the manager said, or found by name and contact. */
export function pairingOf(
  survivors: readonly MergeablePerson[],
  losers: readonly MergeablePerson[],
  chosen?: Pairing,
): Map<string, string> {
  if (!chosen) return pairPersons(survivors, losers);
  const theirs = new Set(losers.map(({ id }) => id));
  const ours = new Set(survivors.map(({ id }) => id));
  const said = chosen.flatMap(({ loserPersonId, into }) =>
    into && theirs.has(loserPersonId) && ours.has(into) ? [[loserPersonId, into] as const] : [],
  );
  return new Map(said);
}

async function moveContactPoints(log: ChangeLog, from: MergePerson, into: MergePerson): Promise<void> {
  for (const point of from.points) {
    const known = into.points.find(({ kind, value }) => kind === point.kind && value === point.value);
    if (!known) {
      await log.change("contact_points", { id: point.id }, { person_id: into.id });
      into.points.push(point);
      continue;
    }
    if (point.verifiedAt && !known.verifiedAt)
      await log.change("contact_points", { id: known.id }, { verified_at: point.verifiedAt });
    await log.remove("contact_points", { id: point.id });
  }
}

/** The strictest word of the two holds from now on; rows of consent are only ever added. */
async function mergeConsents(ctx: Context, log: ChangeLog, from: MergePerson, into: MergePerson): Promise<void> {
  const { workspaceId } = ctx;
  const facts = (await ctx.db.consent.findMany({ where: { workspaceId, personId: { in: [from.id, into.id] } } })).map(
    (fact) => ({ ...fact, state: fact.state as ConsentState }),
  );
  const of = (personId: string) => facts.filter((fact) => fact.personId === personId);
  for (const { from: fact, state } of mergedConsents(of(into.id), of(from.id))) {
    await log.insert("consents", {
      id: newId(),
      person_id: into.id,
      medium: fact.medium,
      purpose: fact.purpose,
      state,
      evidence: { merge: true, fromPersonId: from.id, fromConsentId: fact.id },
      at: state === "revoked" ? ctx.now : fact.at,
      recorded_at: ctx.now,
    });
  }
}

function filled(into: MergePerson, from: MergePerson): Record<string, string> {
  const values: Record<string, string> = {};
  const take = (column: string, own: string | null, other: string | null) => {
    if (own === null && other !== null) values[column] = other;
  };
  take("given_name", into.givenName, from.givenName);
  take("family_name", into.familyName, from.familyName);
  take("role", into.role, from.role);
  take("locale", into.locale, from.locale);
  const points = into.points.map(({ value }) => value);
  if (!isRealName(into.name, points) && isRealName(from.name, points)) values.name = from.name;
  return values;
}

async function joinPerson(ctx: Context, log: ChangeLog, from: MergePerson, into: MergePerson): Promise<void> {
  await moveContactPoints(log, from, into);
  await log.change("interactions", { customer_id: from.customerId, person_id: from.id }, { person_id: into.id });
  await log.change(
    "journeys",
    { customer_id: from.customerId, primary_person_id: from.id },
    { primary_person_id: into.id },
  );
  await mergeConsents(ctx, log, from, into);
  const values = filled(into, from);
  if (values.name) into.name = values.name;
  const points = into.points.map(({ kind, value, verifiedAt }) => ({
    kind,
    isReachable: isReachable(kind, value),
    isVerified: verifiedAt !== null,
  }));
  const hasName = isRealName(
    into.name,
    into.points.map(({ value }) => value),
  );
  await log.change("persons", { id: into.id }, { ...values, identity_level: identityLevelOf({ hasName, points }) });
  await log.change("persons", { id: into.id }, { version: into.version + 1 });
  await log.change("persons", { id: from.id }, { merged_into_id: into.id });
}

/** Brings the loser's people over: the same human becomes one, the others join the household. One person stays primary. */
export async function mergePersons(
  ctx: Context,
  log: ChangeLog,
  survivor: Side,
  loser: Side,
  chosen: Pairing,
): Promise<MergePerson[]> {
  log.open("persons");
  const pairing = pairingOf(survivor.persons, loser.persons, chosen);
  await log.change("persons", { customer_id: loser.customer.id, is_primary: true }, { is_primary: false });
  const joined: MergePerson[] = [];
  for (const person of loser.persons) {
    const into = survivor.persons.find(({ id }) => id === pairing.get(person.id));
    if (into) await joinPerson(ctx, log, person, into);
    else joined.push(person);
  }
  await log.change("persons", { customer_id: loser.customer.id }, { customer_id: survivor.customer.id });
  const people = [...survivor.persons, ...joined];
  const [first] = people;
  if (first && !people.some((person) => person.isPrimary && person.customerId === survivor.customer.id)) {
    await log.change("persons", { id: first.id }, { is_primary: true });
  }
  return people;
}

/** The survivor is found by everything either was found by; the loser is no longer found. */
export async function mergeSearch(
  log: ChangeLog,
  survivorId: string,
  loserId: string,
  name: string,
  people: readonly MergePerson[],
): Promise<void> {
  log.open("search", true);
  await log.remove("customer_search", { customer_id: loserId });
  const search = searchRow(
    name,
    people.map((person) => ({
      name: person.name,
      search: person.points.flatMap(({ kind, value }) => searchPartsOf(kind, value)),
    })),
  );
  await log.change("customer_search", { customer_id: survivorId }, { text: search.text, name_key: search.nameKey });
}
