/** What went wrong, as every door understands it. */
export type ErrorCode =
  | "not_found"
  | "forbidden"
  | "conflict"
  | "invalid"
  | "refused"
  | "unauthenticated"
  | "limited"
  | "too_large"
  | "unavailable";

/** Field path (dotted) to reason. */
export type FieldErrors = Record<string, string>;

export type ErrorDetails = {
  fields?: FieldErrors;
  /** On a conflict: the row as it now stands, so that the screen can show both values. */
  current?: unknown;
  /** Words for a person who reads the answer without our screens. */
  detail?: string;
  retryAfterSeconds?: number;
};

/** The one error that commands and queries throw on purpose; `reason` is a stable key, not a sentence. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
    readonly details: ErrorDetails = {},
  ) {
    super(`${code}: ${reason}`);
    this.name = "AppError";
  }
}

/** An error as the client gets it: a code, a stable reason, and what the screen needs to explain it. */
export type PublicError = {
  code: ErrorCode | "internal";
  reason: string;
  fields?: FieldErrors;
  current?: unknown;
  detail?: string;
  retryAfterSeconds?: number;
  requestId?: string;
};

export type ActionResult<Output> = { ok: true; data: Output } | { ok: false; error: PublicError };
