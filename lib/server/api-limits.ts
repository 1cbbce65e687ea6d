import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../errors";

/** Seconds of a window: 100 reads and 25 writes a second on average, with room for a burst. */
const window = 10;

const quotas = { reads: 1_000, writes: 250 } as const;

const limiters = {
  reads: new RateLimiterMemory({ points: quotas.reads, duration: window, keyPrefix: "reads" }),
  writes: new RateLimiterMemory({ points: quotas.writes, duration: window, keyPrefix: "writes" }),
};

function headersOf(kind: keyof typeof quotas, state: RateLimiterRes): Record<string, string> {
  const reset = Math.ceil(state.msBeforeNext / 1000);
  return {
    "ratelimit-policy": `"${kind}";q=${quotas[kind]};w=${window}`,
    ratelimit: `"${kind}";r=${Math.max(0, state.remainingPoints)};t=${reset}`,
  };
}

export type Allowance = { headers: Record<string, string>; refusal: AppError | null };

function refusalOf(kind: keyof typeof quotas, state: RateLimiterRes): Allowance {
  const refusal = new AppError("limited", kind, { retryAfterSeconds: state.msBeforeNext / 1000 });
  return { headers: headersOf(kind, state), refusal };
}

/** Counts `points` requests of the key in this process; the headers are those of the RateLimit draft 10. */
export async function countRequest(keyId: string, isWrite: boolean, points = 1): Promise<Allowance> {
  const kind = isWrite ? "writes" : "reads";
  try {
    return { headers: headersOf(kind, await limiters[kind].consume(keyId, points)), refusal: null };
  } catch (state) {
    if (state instanceof Error) throw state;
    return refusalOf(kind, state as RateLimiterRes);
  }
}

/** Under which id a key is counted, by the hash of what is sent; only keys that the database knew come here. */
const counted = new Map<string, string>();
const mostCounted = 10_000;

/** Counts one request of a key that the database knows under `keyId`, and remembers the two for `heldBack`. */
export function countCall(keyId: string, secretHash: string, isWrite: boolean): Promise<Allowance> {
  if (counted.size >= mostCounted) counted.clear();
  counted.set(secretHash, keyId);
  return countRequest(keyId, isWrite);
}

/** What a key with nothing left in its window is answered before anybody is asked who it is; null for every other. */
export async function heldBack(secretHash: string, isWrite: boolean): Promise<Allowance | null> {
  const kind = isWrite ? "writes" : "reads";
  const keyId = counted.get(secretHash);
  const state = keyId === undefined ? null : await limiters[kind].get(keyId);
  return state && state.remainingPoints <= 0 ? refusalOf(kind, state) : null;
}
