import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { summariseVoices, type Voice } from "../experience/classification";
import { coverageOf } from "../experience/coverage";
import { effortOf, netPromotersOf, satisfactionOf } from "../experience/scores";
import { Prisma } from "../generated/prisma/client";
import { relationshipScores } from "../responses/relationship-queries";
import { teamOf } from "./queries";
import { sinceOf } from "./rules";
import type { BoardInput, VoiceReport } from "./schema";

type Said = Voice & { csat: number | null; ces: number | null; nps: number | null; counts: boolean; times: number };

/** What customers said to a team, as few rows: each combination of answers once, with how often it was given. */
function readSaidTo(ctx: Context, team: Prisma.Sql, type: string | null, since: string | null): Promise<Said[]> {
  return ctx.db.$queryRaw<Said[]>`
    select r.expectation, r.outcome, r.disconfirmation, r.csat, r.ces, r.nps, r.counts_for_class as counts, count(*)::int as times
    from responses r join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.source <> 'staff' and not r.is_late and i.agent_id in ${team}
      ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty}
      ${since ? Prisma.sql`and i.started_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
    group by 1, 2, 3, 4, 5, 6, 7`;
}

/** The same of the whole workspace, from the counters, in which each measure beside the words that class has a row of its own. */
function readSaid(ctx: Context, type: string | null, since: string | null): Promise<Said[]> {
  return ctx.db.$queryRaw<Said[]>`
    select expectation, outcome, disconfirmation, csat, ces, nps, num_nonnulls(csat, ces, nps) = 0 as counts, sum(n)::int as times
    from voice_weeks where workspace_id = ${ctx.workspaceId}::uuid ${type ? Prisma.sql`and type = ${type}` : Prisma.empty}
      ${since ? Prisma.sql`and week >= ${since}::date` : Prisma.empty}
    group by 1, 2, 3, 4, 5, 6`;
}

const many = <T>(rows: readonly Said[], pick: (row: Said) => T | null): T[] =>
  rows.flatMap((row) => {
    const value = pick(row);
    return value === null ? [] : Array.from({ length: row.times }, () => value);
  });

/**
 * Whether customers would recommend the company, all in all (F30), with how many of the asked answered (C2). It was said of no contact: of
 * one type or one team there is none.
 */
async function readRelationship(ctx: Context, since: string | null): Promise<VoiceReport["relationship"]> {
  const { asked, scores } = await relationshipScores(ctx, since);
  return { nps: netPromotersOf(scores), coverage: coverageOf(scores.length, asked) };
}

/** What customers said in the usual measures: classes against expectation (F31), satisfaction, effort and promoters (F30). */
export async function getVoiceReport(ctx: Context, input: Pick<BoardInput, "type" | "weeks">): Promise<VoiceReport> {
  requirePermission(ctx, "scores.read", "scope");
  const [team, type, since] = [teamOf(ctx), input.type || null, sinceOf(input.weeks, ctx.now)];
  const [rows, relationship] = await Promise.all([
    team ? readSaidTo(ctx, team, type, since) : readSaid(ctx, type, since),
    team || type ? null : readRelationship(ctx, since),
  ]);
  const voices = many(rows, ({ expectation, outcome, disconfirmation, counts }) =>
    counts ? { expectation, outcome, disconfirmation } : null,
  );
  return {
    type: input.type || null,
    weeks: input.weeks,
    ...summariseVoices(voices),
    csat: satisfactionOf(many(rows, ({ csat }) => csat)),
    ces: effortOf(many(rows, ({ ces }) => ces)),
    nps: netPromotersOf(many(rows, ({ nps }) => nps)),
    relationship,
  };
}
