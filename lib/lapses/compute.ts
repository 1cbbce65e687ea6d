import { adjustForMany } from "../statistics/benjamini-hochberg";
import { leakSize } from "../statistics/leak-size";
import type { Count } from "../statistics/newcombe";
import { rateOf } from "../statistics/rate";
import { kaplanMeierOfCounts, type SurvivalCurve } from "../statistics/survival";
import { isAtLeast, isAtMost } from "../statistics/tolerance";
import { durationsOf, endsByDay, fewestEnds, type StayCount } from "../survival/compute";
import type { LapsesConfig } from "./kind";
import {
  type LapseGroup,
  type LapseGrouping,
  type LapseLimit,
  type LapseSection,
  type LapsesParameters,
  type LapsesResult,
  lapseGroupings,
} from "./schema";

/** Customers who stand in a stage: for how many whole days, and whether nobody has spoken with them; null without a limit. */
export type StandingCount = {
  template: string;
  stage: string;
  spoke: string;
  day: number;
  isSilent: boolean | null;
  n: number;
};
/** Proposals from one department to another by what became of them. */
export type ProposalCount = { pair: string; isPending: boolean; isRejected: boolean; isLate: boolean; n: number };
/** Answered calls and messages by what they left behind. */
export type AnsweredCount = { medium: string; hasContact: boolean; hasNext: boolean; n: number };

export type LapsesInput = {
  stays: Omit<StayCount, "origin">[];
  standing: StandingCount[];
  proposals: ProposalCount[];
  answered: AnsweredCount[];
};

/** As a leak is declared (DOMAIN 6B): thirty on either side, adjusted p at most .10, one lapse too many. */
const conditions = { trials: 30, falseFindings: 0.1, lapses: 1 };
const tail = 0.2;

/** The first whole day on which at most one in five is still there (DOMAIN F12); null when the curve never falls so low. */
export function slowFrom(curve: SurvivalCurve): number | null {
  return curve.find(({ survival }) => isAtMost(survival, tail))?.time ?? null;
}

/** `k` of `n` who lapsed, with the group that each belongs to. */
type Told = Count & { groups: readonly (readonly [LapseGrouping, string])[] };

const sum = (all: readonly Count[]): Count => ({
  k: all.reduce((total, { k }) => total + k, 0),
  n: all.reduce((total, { n }) => total + n, 0),
});

/** Stages as they follow each other, then departments; whatever has no order of its own by its key. */
function groupsOf(told: readonly Told[], limits: readonly LapseLimit[]): LapseGroup[] {
  const all = sum(told);
  const stages = limits.map(({ template, stage }) => `${template}/${stage}`);
  const places = ({ by, key }: Pick<LapseGroup, "by" | "key">) => [lapseGroupings.indexOf(by), stages.indexOf(key)];
  const names = new Map(
    told.flatMap(({ groups }) => groups.map(([by, key]) => [`${by} ${key}`, { by, key }] as const)),
  );
  return [...names.values()]
    .sort((a, b) => {
      const [[byOfA = 0, placeOfA = 0], [byOfB = 0, placeOfB = 0]] = [places(a), places(b)];
      return byOfA - byOfB || placeOfA - placeOfB || (a.key < b.key ? -1 : 1);
    })
    .map(({ by, key }) => {
      const own = sum(told.filter(({ groups }) => groups.some(([b, k]) => b === by && k === key)));
      const others = { k: all.k - own.k, n: all.n - own.n };
      const size = leakSize(own, others, 0);
      const isTested = own.n >= conditions.trials && others.n >= conditions.trials;
      return {
        ...{ by, key, share: rateOf(own.k, own.n), others: rateOf(others.k, others.n) },
        difference: size && { difference: size.excess, lo: size.lo, hi: size.hi },
        p: isTested ? (size?.p ?? 1) : null,
        ...{ adjusted: null, verdict: "too_few" as const },
      };
    });
}

/** Adjusts every p of the run at once and says who lapses more than the others beyond chance (DOMAIN F89, F90). */
export function judgeLapses(groups: readonly LapseGroup[]): LapseGroup[] {
  const adjusted = adjustForMany(groups.flatMap(({ p }) => (p === null ? [] : [p])));
  let next = 0;
  return groups.map((group) => {
    const { p, difference, share } = group;
    if (p === null || difference === null) return group;
    const own = adjusted[next++] ?? 1;
    const isMore =
      isAtMost(own, conditions.falseFindings) &&
      difference.lo > 0 &&
      isAtLeast(difference.difference * share.n, conditions.lapses);
    return { ...group, adjusted: own, verdict: isMore ? "more" : "not_told" };
  });
}

type Counted = Omit<LapseSection, "share" | "groups"> & { told: Told[] };

const count = <Row extends { n: number }>(rows: readonly Row[], when: (row: Row) => boolean) =>
  rows.reduce((total, row) => total + (when(row) ? row.n : 0), 0);

const placesOf = ({ template, stage, spoke }: StandingCount): Told["groups"] => [
  ["stage", `${template}/${stage}`],
  ["spoke", spoke],
];

function standingSections(standing: readonly StandingCount[], limits: readonly LapseLimit[]): Counted[] {
  const slowDay = new Map(limits.map(({ template, stage, slowFromDay }) => [`${template}/${stage}`, slowFromDay]));
  const limitOf = ({ template, stage }: StandingCount) => slowDay.get(`${template}/${stage}`);
  const isSlowKnown = (row: StandingCount) => limitOf(row) !== undefined;
  const isSlow = (row: StandingCount) => {
    const from = limitOf(row) ?? null;
    return from !== null && row.day >= from;
  };
  const [limited, curved] = [standing.filter(({ isSilent }) => isSilent !== null), standing.filter(isSlowKnown)];
  return [
    {
      ...{ measure: "silent", parts: {}, leftOut: count(standing, ({ isSilent }) => isSilent === null) },
      told: limited.map((row) => ({ k: row.isSilent ? row.n : 0, n: row.n, groups: placesOf(row) })),
    },
    {
      ...{ measure: "slow", parts: {}, leftOut: count(standing, (row) => !isSlowKnown(row)) },
      told: curved.map((row) => ({ k: isSlow(row) ? row.n : 0, n: row.n, groups: placesOf(row) })),
    },
  ];
}

function handoffSection(proposals: readonly ProposalCount[]): Counted {
  const due = proposals.filter(({ isPending }) => !isPending);
  return {
    measure: "handoff",
    parts: { rejected: count(due, ({ isRejected }) => isRejected), late: count(due, ({ isLate }) => isLate) },
    leftOut: count(proposals, ({ isPending }) => isPending),
    told: due.map(({ pair, isRejected, isLate, n }) => ({
      ...{ k: isRejected || isLate ? n : 0, n },
      groups: [["pair", pair]],
    })),
  };
}

function captureSection(answered: readonly AnsweredCount[]): Counted {
  return {
    measure: "capture",
    parts: {
      no_contact: count(answered, ({ hasContact }) => !hasContact),
      no_next: count(answered, ({ hasNext }) => !hasNext),
    },
    leftOut: 0,
    told: answered.map(({ medium, hasContact, hasNext, n }) => ({
      ...{ k: hasContact && hasNext ? 0 : n, n },
      groups: [["channel", medium]],
    })),
  };
}

/** Who goes silent, who stays too long, which handoffs fail and which contacts leave nothing (DOMAIN 6B, 6F, F12, F33, F90). */
export function computeLapses(input: LapsesInput, config: LapsesConfig, parameters: LapsesParameters): LapsesResult {
  const isEnough = new Set<string>();
  const limits = config.stages.map(({ template, stage, name, silenceDays }): LapseLimit => {
    const ends = endsByDay(input.stays.filter((each) => each.template === template && each.stage === stage));
    const gone = ends.reduce((total, { advanced, dropped }) => total + advanced + dropped, 0);
    if (gone >= fewestEnds) isEnough.add(`${template}/${stage}`);
    const from = gone >= fewestEnds ? slowFrom(kaplanMeierOfCounts(durationsOf(ends)) ?? []) : null;
    return { template, stage, name, silenceDays, slowFromDay: from };
  });
  const counted = [
    ...standingSections(
      input.standing,
      limits.filter(({ template, stage }) => isEnough.has(`${template}/${stage}`)),
    ),
    handoffSection(input.proposals),
    captureSection(input.answered),
  ];
  const grouped = counted.map(({ told }) => groupsOf(told, limits));
  const judged = judgeLapses(grouped.flat());
  let from = 0;
  return {
    ...parameters,
    tests: judged.filter(({ p }) => p !== null).length,
    limits,
    sections: counted.map(({ told, ...section }, index) => {
      const groups = judged.slice(from, from + (grouped[index]?.length ?? 0));
      from += groups.length;
      const { k, n } = sum(told);
      return { ...section, share: rateOf(k, n), groups };
    }),
  };
}
