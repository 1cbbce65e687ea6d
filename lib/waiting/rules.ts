import { quantile } from "../statistics/quantile";

/** What a journey waits for, the most pressing first: where two hold at once, the earlier of this list counts. */
export const causes = ["paused", "answer", "handoff", "relay", "promise", "work"] as const;
export type Cause = (typeof causes)[number];

/** The customer herself, where departments go by their ids. */
export const theCustomer = "customer";

/** From when on a journey stood where, with whom, and whether it was under way at all. Instants are milliseconds since 1970. */
export type Turn = { at: number; spokeId: string; stage: string; isRunning: boolean; isPaused: boolean };

/** The baton went over without another stage. */
export type Pass = { at: number; spokeId: string };

/** Something was owed: by a department, or by whoever has the baton when `spokeId` is null. It lasts on where `to` is null. */
export type Wait = {
  cause: "answer" | "handoff" | "relay" | "promise";
  spokeId: string | null;
  from: number;
  to: number | null;
};

/** A time in which one department had the baton and one party was waited for. */
export type Stretch = { from: number; to: number; batonId: string; stage: string; cause: Cause; whom: string };

/** Turns with the passes between them, each pass as a turn of its own. Both come in order of time. */
function withPasses(turns: readonly Turn[], passes: readonly Pass[]): Turn[] {
  const found: Turn[] = [];
  for (const [place, turn] of turns.entries()) {
    found.push(turn);
    const until = turns[place + 1]?.at ?? Number.POSITIVE_INFINITY;
    for (const { at, spokeId } of passes) if (at >= turn.at && at < until) found.push({ ...turn, at, spokeId });
  }
  return found;
}

/** Who is waited for at an instant: a pause counts before what is owed, and of two alike the one that began first. */
function waitedFor(turn: Turn, waits: readonly Wait[], at: number): Pick<Stretch, "cause" | "whom"> {
  if (turn.isPaused) return { cause: "paused", whom: theCustomer };
  let first: Wait | null = null;
  for (const wait of waits) {
    if (wait.from > at || (wait.to !== null && wait.to <= at)) continue;
    if (first === null || isBefore(wait, first)) first = wait;
  }
  return first ? { cause: first.cause, whom: first.spokeId ?? turn.spokeId } : { cause: "work", whom: turn.spokeId };
}

const rank = new Map<Cause, number>(causes.map((cause, place) => [cause, place]));

function isBefore(one: Wait, other: Wait): boolean {
  const by = (rank.get(one.cause) ?? 0) - (rank.get(other.cause) ?? 0);
  return by < 0 || (by === 0 && one.from < other.from);
}

const isAlike = (a: Stretch, b: Stretch) =>
  a.to === b.from && a.batonId === b.batonId && a.stage === b.stage && a.cause === b.cause && a.whom === b.whom;

/** Where in a turn who is waited for may change: its beginning, and whatever begins or ends inside it, in order and once. */
function cutsOf(waits: readonly Wait[], begin: number, until: number, end: number): number[] {
  const cuts = [begin];
  const cut = (at: number) => {
    if (at > begin && at < until) cuts.push(at);
  };
  for (const { from, to } of waits) {
    cut(from);
    cut(to ?? end);
  }
  return cuts.sort((a, b) => a - b).filter((at, place) => at !== cuts[place - 1]);
}

/**
 * One journey taken apart: which department had the baton and who was waited for, from its beginning until `end`. The stretches
 * follow each other without overlap, and their lengths add up to the time for which it was under way, to the millisecond.
 * Turns and passes come in order of time.
 */
export function decompose(
  turns: readonly Turn[],
  passes: readonly Pass[],
  waits: readonly Wait[],
  end: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  const all = withPasses(turns, passes);
  for (const [place, turn] of all.entries()) {
    const until = Math.min(end, all[place + 1]?.at ?? end);
    if (!turn.isRunning || until <= turn.at) continue;
    const cuts = cutsOf(waits, turn.at, until, end);
    for (const [at, from] of cuts.entries()) {
      const to = cuts[at + 1] ?? until;
      const { cause, whom } = waitedFor(turn, waits, from);
      const next = { from, to, batonId: turn.spokeId, stage: turn.stage, cause, whom };
      const last = stretches.at(-1);
      if (last && isAlike(last, next)) last.to = to;
      else stretches.push(next);
    }
  }
  return stretches;
}

/** A stretch of one customer, with how much of it was business time. */
export type OwnedStretch = Stretch & { customerId: string; staffed: number };

/** Milliseconds of one party over all customers; `median` is of those customers who had any of it. */
export type WaitLine = {
  id: string;
  customers: number;
  elapsed: number;
  staffed: number;
  /** Of all the time there was, 0 to 1; null where there was none. */
  share: number | null;
  median: number;
  causes: Partial<Record<Cause, number>>;
};

export type WaitSums = { elapsed: number; staffed: number; byBaton: WaitLine[]; byWhom: WaitLine[] };

const lengthOf = ({ from, to }: Stretch) => to - from;

function lines(
  stretches: readonly OwnedStretch[],
  total: number,
  keyOf: (stretch: OwnedStretch) => string,
): WaitLine[] {
  const groups = new Map<string, OwnedStretch[]>();
  for (const stretch of stretches) {
    const group = groups.get(keyOf(stretch));
    if (group) group.push(stretch);
    else groups.set(keyOf(stretch), [stretch]);
  }
  return [...groups].map(([id, own]) => {
    const ofCustomers = new Map<string, number>();
    const ofCauses: Partial<Record<Cause, number>> = {};
    for (const stretch of own) {
      const { customerId, cause } = stretch;
      ofCustomers.set(customerId, (ofCustomers.get(customerId) ?? 0) + lengthOf(stretch));
      ofCauses[cause] = (ofCauses[cause] ?? 0) + lengthOf(stretch);
    }
    const elapsed = own.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
    return {
      id,
      customers: ofCustomers.size,
      elapsed,
      staffed: own.reduce((sum, { staffed }) => sum + staffed, 0),
      share: total > 0 ? elapsed / total : null,
      median: quantile([...ofCustomers.values()], 0.5) ?? 0,
      causes: ofCauses,
    };
  });
}

/** All stretches summed by who had the baton and by who was waited for; either way the lines add up to the whole. */
export function sumWaits(stretches: readonly OwnedStretch[]): WaitSums {
  const elapsed = stretches.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
  return {
    elapsed,
    staffed: stretches.reduce((sum, { staffed }) => sum + staffed, 0),
    byBaton: lines(stretches, elapsed, ({ batonId }) => batonId),
    byWhom: lines(stretches, elapsed, ({ whom }) => whom),
  };
}
