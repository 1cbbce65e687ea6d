import { expect } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { foldPassages } from "@/lib/passages/fold";
import type { PassageFrame } from "@/lib/passages/known";
import { summedPassages } from "@/lib/passages/summed";
import { canonicalJson } from "@/lib/runs/canonical";
import { runKinds } from "@/lib/runs/registry";
import { nothingChanged, transaction } from "@/lib/transaction";

/** The analyses that read sums. */
export const summingKinds = ["survival", "origins", "lapses"] as const;

/** Everything that is read from sums of a workspace as of a time: stays, who stands where, and what the analyses make of it. */
export async function readSummed(ctx: Context, frame: PassageFrame, horizonDays = 90): Promise<unknown> {
  const stays = await ctx.db.$queryRaw`
    with ${summedPassages(ctx, frame)} select stage_id, origin, day, ended, n from stays order by 1, 2, 3, 4`;
  const there = await ctx.db.$queryRaw`with ${summedPassages(ctx, frame)} select * from there order by journey_id`;
  const results: string[] = [];
  for (const kind of summingKinds) {
    const { body } = await runKinds[kind].config(ctx);
    const parameters = kind === "origins" ? { horizonDays } : runKinds[kind].nightly[0];
    results.push(canonicalJson(await runKinds[kind].run(ctx, { ...frame, parameters, config: body, seed: 1 })));
  }
  return { stays, there, results };
}

class TakenBack extends Error {
  constructor(readonly answer: unknown) {
    super("taken back");
  }
}

/** The same from the transitions of every journey, as if nothing had ever been summed; leaves everything as it was. */
export async function readFromTransitions(ctx: Context, frame: PassageFrame, horizonDays = 90): Promise<unknown> {
  try {
    await transaction(ctx, async (ctx) => {
      nothingChanged(ctx);
      for (const table of [
        "stale_journeys",
        "passage_folds",
        "journey_passages",
        "stay_counts",
        "lead_counts",
      ] as const)
        await ctx.db.$executeRaw`delete from ${Prisma.raw(table)} where workspace_id = ${ctx.workspaceId}::uuid`;
      throw new TakenBack(await readSummed(ctx, frame, horizonDays));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.answer;
    throw error;
  }
  throw new Error("it was taken back");
}

/** Fails unless the sums of a workspace, as they stand and summed up to now, say what its transitions say. */
export async function expectSummed(ctx: Context): Promise<void> {
  await inWorkspace(ctx.workspaceId, async () => {
    const frame = { asOf: new Date(), knownAt: new Date(), agentIds: null };
    const told = await readFromTransitions(ctx, frame);
    expect(await readSummed(ctx, frame)).toEqual(told);
    await foldPassages(ctx);
    expect(await readSummed(ctx, frame)).toEqual(told);
  });
}

/** How many rows of stage transitions, and of what is kept for each journey, `work` fetches in its transaction. */
export function fetchedBy(
  ctx: Context,
  work: (ctx: Context) => Promise<unknown>,
): Promise<{ transitions: number; journeys: number }> {
  return transaction(ctx, async (ctx) => {
    nothingChanged(ctx);
    const count = async () => {
      const rows = await ctx.db.$queryRaw<{ name: string; n: number }[]>`
        select relname::text as name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as n
        from pg_stat_xact_user_tables where relname in ('stage_transitions', 'journey_passages')`;
      return (name: string) => rows.find((row) => row.name === name)?.n ?? 0;
    };
    const before = await count();
    await work(ctx);
    const after = await count();
    return {
      transitions: after("stage_transitions") - before("stage_transitions"),
      journeys: after("journey_passages") - before("journey_passages"),
    };
  });
}
