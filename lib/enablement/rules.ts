import type { Role } from "../auth/roles";
import { type Decision, permit, refuse } from "../decision";
import { priorityOf } from "../experience/priority";
import type { Count } from "../statistics/newcombe";
import { minimumTrials, rateOf } from "../statistics/rate";
import { priorOf, shrink } from "../statistics/shrinkage";
import type { AssignmentState, ItemEffect, ItemView, Proposal, RoleCoverage } from "./schema";

const isWaiting = (state: AssignmentState) => state === "assigned" || state === "in_progress" || state === "overdue";

/** Whether this makes its person able: done, whether or not somebody has looked. */
export const isEnabled = (state: AssignmentState): boolean => state === "completed" || state === "verified";

/** Somebody begins with what was assigned to her. */
export function planBegin(state: AssignmentState): Decision<{ state: "in_progress" }> {
  return state === "assigned" ? permit({ state: "in_progress" }) : refuse("assignment_closed");
}

/** It is done, late or in time. */
export function planComplete(state: AssignmentState): Decision<{ state: "completed" }> {
  return isWaiting(state) ? permit({ state: "completed" }) : refuse("assignment_closed");
}

/** Somebody else saw that she can do it; nobody verifies herself. */
export function planVerify(
  { state, memberId }: { state: AssignmentState; memberId: string },
  by: string | null,
): Decision<{ state: "verified" }> {
  if (by === memberId) return refuse("own_assignment");
  return state === "completed" ? permit({ state: "verified" }) : refuse("assignment_closed");
}

/** It is not needed of this person after all. */
export function planWaive(state: AssignmentState): Decision<{ state: "waived" }> {
  return isWaiting(state) ? permit({ state: "waived" }) : refuse("assignment_closed");
}

/** Its due time passed: only what waits is overdue, and only at that time. */
export function planOverdue(
  { state, dueAt }: { state: AssignmentState; dueAt: Date },
  now: Date,
): Decision<{ state: "overdue" }> {
  return (state === "assigned" || state === "in_progress") && dueAt <= now
    ? permit({ state: "overdue" })
    : refuse("assignment_closed");
}

type Holder = { memberId: string; name: string; roles: readonly string[] };
type Held = { itemId: string; memberId: string; state: AssignmentState };
type CoveredItem = { id: string; role: Role };

/**
 * How far each role that answers for moments is enabled (DOMAIN 6C): a holder is when every item of her role is done that was
 * not waived for her. A role nobody holds, or that nothing was written for, is a finding of its own.
 */
export function coverRoles(
  roles: readonly Role[],
  { holders, items, held }: { holders: readonly Holder[]; items: readonly CoveredItem[]; held: readonly Held[] },
): RoleCoverage[] {
  const stateOf = new Map(held.map(({ itemId, memberId, state }) => [`${itemId} ${memberId}`, state]));
  return roles.map((role) => {
    const people = holders.filter((each) => each.roles.includes(role));
    const own = items.filter((item) => item.role === role);
    if (people.length === 0 || own.length === 0) {
      const finding = people.length === 0 ? "nobody_holds_it" : "no_items";
      return { role, enabled: rateOf(0, people.length), missing: [], finding };
    }
    const asked = people.flatMap(({ memberId, name }) => {
      const needed = own.filter(({ id }) => stateOf.get(`${id} ${memberId}`) !== "waived");
      if (needed.length === 0) return [];
      const itemIds = needed
        .map(({ id }) => id)
        .filter((id) => !isEnabled(stateOf.get(`${id} ${memberId}`) ?? "assigned"));
      return [{ memberId, name, itemIds }];
    });
    const missing = asked.filter(({ itemIds }) => itemIds.length > 0);
    return { role, enabled: rateOf(asked.length - missing.length, asked.length), missing, finding: null };
  });
}

/** A moment of the ranking: what it weighs among the drivers of its type. */
export type RankedDriver = { momentId: string; type: string; weight: number };

/** Somebody's ratings in contacts of one type. */
export type PersonRating = Count & {
  type: string;
  memberId: string;
  name: string;
  teamId: string | null;
  teamName: string;
  teamNameHe: string;
};

type Known = {
  items: readonly { id: string; momentId: string }[];
  held: readonly Held[];
  ratings: readonly PersonRating[];
  target: number;
};

/** Somebody's rate pulled towards those of the same type; alone she stands for herself. */
function shortfallsOf(counts: readonly PersonRating[]): Map<PersonRating, number> {
  const prior = priorOf(counts);
  return new Map(counts.map((count) => [count, prior ? shrink(count, prior).rate : count.k / count.n]));
}

const sumOf = (counts: readonly Count[]): Count => ({
  k: counts.reduce((sum, { k }) => sum + k, 0),
  n: counts.reduce((sum, { n }) => sum + n, 0),
});

/**
 * Who should be given what first: driver x shortfall x person, or her department where single people have too few ratings
 * to be ranked (DOMAIN C5, F39). Largest first. Whoever did it, or need not, is left out; whoever was given it and has not done it
 * is marked; nobody below the minimum is ranked.
 */
export function proposeAssignments(drivers: readonly RankedDriver[], known: Known): Proposal[] {
  const stateOf = new Map(known.held.map(({ itemId, memberId, state }) => [`${itemId} ${memberId}`, state]));
  const proposals = drivers.flatMap(({ momentId, type, weight }) => {
    const item = known.items.find((each) => each.momentId === momentId);
    const held = ({ memberId }: PersonRating) => (item ? stateOf.get(`${item.id} ${memberId}`) : undefined);
    const lacks = (person: PersonRating) => isWaiting(held(person) ?? "assigned");
    const counts = known.ratings.filter((each) => each.type === type && each.n > 0);
    const shared = { momentId, itemId: item?.id ?? null, weight };
    const people = [...shortfallsOf(counts)]
      .filter(([person, rate]) => person.n >= minimumTrials && rate < known.target && lacks(person))
      .map(([person, shrunken]) => ({ ...person, shrunken, isGiven: held(person) !== undefined }))
      .map(({ memberId, name, k, n, shrunken, isGiven }) => ({
        ...shared,
        isGiven,
        ...{ memberIds: [memberId], scope: "person" as const, name, nameHe: name, shrunken, k, n },
        priority: priorityOf(weight, shrunken, n, known.target),
      }));
    const few = counts.filter((person) => person.n < minimumTrials && held(person) === undefined);
    return [...people, ...teamsOf(few, shared, known)];
  });
  return proposals
    .filter(({ priority }) => priority > 0)
    .sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));
}

function teamsOf(
  counts: readonly PersonRating[],
  shared: Pick<Proposal, "momentId" | "itemId" | "weight">,
  { target }: Known,
): Proposal[] {
  return [...new Set(counts.map(({ teamId }) => teamId))].flatMap((teamId) => {
    const people = counts.filter((each) => each.teamId === teamId);
    const { k, n } = sumOf(people);
    const [first] = people;
    if (teamId === null || !first || people.length < 2 || n < minimumTrials) return [];
    const shrunken = k / n;
    return {
      ...shared,
      ...{ memberIds: people.map(({ memberId }) => memberId), scope: "team" as const, isGiven: false },
      ...{ name: first.teamName, nameHe: first.teamNameHe || first.teamName, shrunken, k, n },
      priority: priorityOf(shared.weight, shrunken, n, target),
    };
  });
}

/** The effect of what was completed first most recently; null when nothing in use was measured. */
export function latestEffect(items: readonly ItemView[], effects: readonly ItemEffect[]) {
  const found = effects.flatMap(({ itemId, effect }) => {
    const item = items.find(({ id }) => id === itemId);
    return item ? [{ item, effect }] : [];
  });
  return found.sort((a, b) => (a.item.startedAt ?? "").localeCompare(b.item.startedAt ?? "")).at(-1) ?? null;
}
