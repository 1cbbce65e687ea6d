import type { z } from "zod";
import type { Context } from "../context";

/** What an analysis is asked: about which time, knowing what, set up how, with which seed. */
export type RunFrame<Parameters, Config> = {
  /** What happened later does not count. */
  asOf: Date;
  /** What was written down later does not count. */
  knownAt: Date;
  parameters: Parameters;
  config: Config;
  seed: number;
  /** Whose contacts count: ids of members in their order; null is everybody's. */
  agentIds: readonly string[] | null;
};

type Definition<Parameters, Config, Input, Result> = {
  kind: string;
  parameters: z.ZodType<Parameters>;
  /** The seed unless another is asked for. */
  seed: number;
  /** The settings that the analysis rests on, as they stand now; they are kept with the run. */
  config(ctx: Context): Promise<{ version: number; body: Config }>;
  /** What it is asked every night. */
  nightly: readonly Parameters[];
  /** Brings what `read` sums up to date before a run; without it the run finds the same, only later. */
  prepare?(ctx: Context): Promise<unknown>;
  /** Reads rows that were written down by `knownAt` and happened by `asOf`, and no others. */
  read(ctx: Context, run: RunFrame<Parameters, Config>): Promise<Input>;
  /** Pure: the same input and frame give the same result to the byte. */
  compute(input: Input, run: RunFrame<Parameters, Config>): Result;
  /** What follows from what it found, in the transaction that keeps it. */
  finished?(ctx: Context, run: FinishedRun): Promise<void>;
};

/** A run that has just found something. */
export type FinishedRun = {
  id: string;
  parameters: string;
  asOf: Date;
  knownAt: Date;
  teamId: string | null;
  /** Canonical JSON. */
  result: string;
};

/** A kind of analysis as the registry holds it; what is stored goes in and comes out as plain JSON. */
export type RunKind = {
  kind: string;
  seed: number;
  nightly: readonly unknown[];
  parse(parameters: unknown): unknown;
  config(ctx: Context): Promise<{ version: number; body: unknown }>;
  prepare(ctx: Context): Promise<void>;
  run(ctx: Context, frame: RunFrame<unknown, unknown>): Promise<unknown>;
  finished(ctx: Context, run: FinishedRun): Promise<void>;
};

/** Makes a kind of analysis for the registry from its typed parts. */
export function defineRunKind<Parameters, Config, Input, Result>(
  definition: Definition<Parameters, Config, Input, Result>,
): RunKind {
  return {
    kind: definition.kind,
    seed: definition.seed,
    nightly: definition.nightly,
    parse: (parameters) => definition.parameters.parse(parameters),
    config: (ctx) => definition.config(ctx),
    prepare: async (ctx) => {
      await definition.prepare?.(ctx);
    },
    finished: async (ctx, run) => definition.finished?.(ctx, run),
    run: async (ctx, frame) => {
      const own = {
        ...frame,
        parameters: definition.parameters.parse(frame.parameters),
        config: frame.config as Config,
      };
      return definition.compute(await definition.read(ctx, own), own);
    },
  };
}
