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

/** Counts `points` requests of the key in this process; the headers are those of the RateLimit draft 10. */
export async function countRequest(keyId: string, isWrite: boolean, points = 1): Promise<Allowance> {
  const kind = isWrite ? "writes" : "reads";
  try {
    return { headers: headersOf(kind, await limiters[kind].consume(keyId, points)), refusal: null };
  } catch (state) {
    if (state instanceof Error) throw state;
    const { msBeforeNext } = state as RateLimiterRes;
    return {
      headers: headersOf(kind, state as RateLimiterRes),
      refusal: new AppError("limited", kind, { retryAfterSeconds: msBeforeNext / 1000 }),
    };
  }
}
