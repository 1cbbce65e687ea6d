import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { canonicalJson } from "./canonical";
import { agentsOf } from "./commands";
import { kindOf } from "./registry";
import { planFrame } from "./rules";
import type { RunKindName } from "./schema";

/** What an analysis finds when nobody keeps it: no run, no audit, the same numbers. Throws `refused` `in_the_future`. */
export type Answered = { asOf: string; knownAt: string; configVersion: number; seed: number; result: unknown };

/** Answers a question at once, from the same reading and the same arithmetic as a run; for who may read runs. */
export async function answerOnce(ctx: Context, name: RunKindName, parameters: unknown, asOf?: Date): Promise<Answered> {
  requirePermission(ctx, "scores.read", "scope");
  const kind = kindOf(name);
  const frame = enforce(planFrame({ asOf }, ctx.now));
  const { version, body } = await kind.config(ctx);
  const { seed } = kind;
  // Through the bytes that a run would keep, so that both answers are spelled alike.
  const config = JSON.parse(canonicalJson(body)) as unknown;
  const found = await kind.run(ctx, {
    ...frame,
    seed,
    config,
    parameters: kind.parse(parameters),
    agentIds: await agentsOf(ctx),
  });
  const result = JSON.parse(canonicalJson(found)) as unknown;
  return { asOf: frame.asOf.toISOString(), knownAt: frame.knownAt.toISOString(), configVersion: version, seed, result };
}
