import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { plainPool } from "./db";
import { AppError } from "./errors";

type Rule = { name: string; points: number; seconds: number };

/** The guarded doors: how many attempts in how many seconds (ATTACKS A04). */
export const limits = {
  signInPair: { name: "sign_in_pair", points: 5, seconds: 300 },
  signInAddress: { name: "sign_in_address", points: 30, seconds: 300 },
  reset: { name: "reset", points: 5, seconds: 3600 },
  resetAddress: { name: "reset_address", points: 30, seconds: 3600 },
  question: { name: "question", points: 5, seconds: 3600 },
  /** Sheets of one customer's page that are drawn anew. */
  paper: { name: "paper", points: 30, seconds: 3600 },
  invitation: { name: "invitation", points: 60, seconds: 3600 },
} as const satisfies Record<string, Rule>;

const shelf = globalThis as unknown as {
  __wheelhouseLimits?: { pool: unknown; known: Map<string, RateLimiterPostgres> };
};

function limiterOf({ name, points, seconds }: Rule): RateLimiterPostgres {
  const pool = plainPool();
  if (shelf.__wheelhouseLimits?.pool !== pool) shelf.__wheelhouseLimits = { pool, known: new Map() };
  const { known } = shelf.__wheelhouseLimits;
  const existing = known.get(name);
  if (existing) return existing;
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
    clearExpiredByTimeout: false,
  });
  known.set(name, limiter);
  return limiter;
}

/** Keys are hashed, so that the table names nobody. */
const hidden = (key: string) => createHash("sha256").update(key).digest("base64url");

function refuse(result: RateLimiterRes): never {
  throw new AppError("limited", "too_many", { retryAfterSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)) });
}

/** Throws `limited` with the wait in seconds when the key has used up its attempts; takes none. */
export async function requireWithin(rule: Rule, key: string): Promise<void> {
  const state = await limiterOf(rule).get(hidden(key));
  if (state && state.consumedPoints >= rule.points && state.msBeforeNext > 0) refuse(state);
}

/** Takes one attempt; throws `limited` when none was left. */
export async function takeAttempt(rule: Rule, key: string): Promise<void> {
  try {
    await limiterOf(rule).consume(hidden(key));
  } catch (error) {
    if (error instanceof RateLimiterRes) refuse(error);
    throw error;
  }
}

/** Gives one attempt back. */
export async function returnAttempt(rule: Rule, key: string): Promise<void> {
  await limiterOf(rule).reward(hidden(key));
}

/** Forgets the attempts of a key. */
export async function forgive(rule: Rule, key: string): Promise<void> {
  await limiterOf(rule).delete(hidden(key));
}
