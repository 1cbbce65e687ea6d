import type { Context } from "../context";
import type { Leak } from "../generated/prisma/client";
import { keepBehind } from "../leaks/entries";
import { followFindings } from "../leaks/follow";
import { type MeasuredFinding, nextCohortOf } from "../leaks/rules";
import type { StandingFinding } from "../leaks/schema";
import { canonicalJson } from "../runs/canonical";
import type { FinishedRun } from "../runs/kind";
import { leakSize } from "../statistics/leak-size";
import { rateOf } from "../statistics/rate";
import { lapsed } from "./behind";
import {
  type LapseGroup,
  type LapseMeasure,
  type LapsesResult,
  lapseGroupings,
  lapseMeasures,
  usualLapses,
} from "./schema";

type Names = { stages: LapsesResult["limits"]; spokes: ReadonlyMap<string, string> };

function nameOf({ by, key }: LapseGroup, { stages, spokes }: Names): string {
  if (by === "stage") return stages.find(({ template, stage }) => `${template}/${stage}` === key)?.name ?? key;
  return key
    .split(">")
    .map((each) => spokes.get(each) ?? each)
    .join(" → ");
}

/** A group that lapses more than the others, as the leak that it is: who lapsed beside all others, in people and without money. */
function findingOf(measure: LapseMeasure, group: LapseGroup, names: Names): MeasuredFinding {
  const { by, key, share, others, adjusted } = group;
  const [template = "", stage = ""] = by === "stage" ? key.split("/") : [];
  return {
    ...{ measure, template, stage, stageName: nameOf(group, names), dimension: by, value: key },
    ...{ verdict: "leak", missing: [], drops: share, reference: others, size: leakSize(share, others, 0), adjusted },
    ...{ mix: null, winRate: rateOf(0, 0), valueMinor: null, valueAtLeastMinor: null },
  };
}

/** Leaks of those who slip away though nobody dropped them (DOMAIN 6B), as the run about the usual question found them. */
export async function followLapses(ctx: Context, run: FinishedRun): Promise<void> {
  if (run.parameters !== canonicalJson(usualLapses)) return;
  const result = JSON.parse(run.result) as LapsesResult;
  const { workspaceId } = ctx;
  const spokes = await ctx.db.spoke.findMany({ where: { workspaceId }, select: { key: true, name: true } });
  const names = { stages: result.limits, spokes: new Map(spokes.map(({ key, name }) => [key, name])) };
  const frame = { asOf: run.asOf, knownAt: run.knownAt, agentIds: null };
  await followFindings(ctx, run, {
    ...{ kind: "lapses", measures: lapseMeasures, windowDays: result.windowDays, horizonDays: 0 },
    findings: result.sections.flatMap(({ measure, groups }) =>
      groups.filter(({ verdict }) => verdict === "more").map((group) => findingOf(measure, group, names)),
    ),
    keep: async (leakId, { measure, dimension, value }) => {
      const by = lapseGroupings.find((each) => each === dimension);
      const rows = await ctx.db.$queryRaw<{ journeyId: string; entered: number; active: number }[]>`
        with ${lapsed(ctx, frame, result, { measure: measure as LapseMeasure, by, key: value })}
        select distinct on (journey_id) journey_id as "journeyId", extract(epoch from at)::float8 as entered, seconds as active
        from lapsed order by journey_id, seconds desc`;
      await keepBehind(ctx, leakId, rows);
    },
    readNext: async (leak) => nextCohortOf(countOf(leak), shareNow(result, leak), 0),
  });
}

const countOf = ({ finding }: Leak) => (finding as unknown as StandingFinding).drops;

/** Who lapses of the leak's group today; nobody of nobody where the group is gone. */
function shareNow({ sections }: LapsesResult, { measure, dimension, value }: Leak) {
  const groups = sections.find((each) => each.measure === measure)?.groups ?? [];
  return groups.find(({ by, key }) => by === dimension && key === value)?.share ?? { k: 0, n: 0 };
}
