import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type ActionResult, AppError, type FieldErrors, type PublicError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { JsonText } from "../json-text";
import { log } from "../log";
import { sqlState } from "../transaction";

export type { ActionResult, PublicError };

/** Answers field by field what was wrong with the input. */
export function invalidInput(error: z.ZodError): PublicError {
  const fields: FieldErrors = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "form"] ??= issue.message;
  return { code: "invalid", reason: "input", fields };
}

const byPrismaCode: Record<string, PublicError> = {
  P2002: { code: "conflict", reason: "duplicate" },
  P2003: { code: "not_found", reason: "reference" },
  P2025: { code: "conflict", reason: "version" },
  P2024: { code: "unavailable", reason: "database" },
  P2028: { code: "unavailable", reason: "database" },
  P1001: { code: "unavailable", reason: "database" },
  P1017: { code: "unavailable", reason: "database" },
};

function ofDatabase(error: unknown): PublicError | undefined {
  const state = sqlState(error);
  if (state === "23505") return byPrismaCode.P2002;
  if (state === "23503") return byPrismaCode.P2003;
  if (state === "22P02" || state === "22021") return { code: "not_found", reason: "reference" };
  if (state === "42501") return { code: "not_found", reason: "reference" };
  if (state === "57014") return { code: "unavailable", reason: "too_slow" };
  if (state?.startsWith("57P") || state?.startsWith("08") || state === "53300") return byPrismaCode.P1001;
  if (error instanceof Prisma.PrismaClientKnownRequestError) return byPrismaCode[error.code];
  const message = error instanceof Error ? error.message : "";
  if (
    /ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded when trying to connect|terminating connection/.test(
      message,
    )
  )
    return byPrismaCode.P1001;
  return undefined;
}

/** Whether the client went away before all that it had to say was there. */
function isAborted(error: unknown): boolean {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  return message === "aborted" && code === "ECONNRESET";
}

/** The only translation of a thrown error into what leaves the server; an unknown one is logged once and shown as `internal`. */
export function toPublicError(error: unknown, named: { requestId?: string; traceId?: string } = {}): PublicError {
  if (error instanceof AppError) return { code: error.code, reason: error.reason, ...error.details };
  if (isAborted(error)) return { code: "invalid", reason: "aborted" };
  const known = ofDatabase(error);
  if (known) return known;
  const { requestId = randomUUID(), ...trace } = named;
  log.error({ err: error, requestId, ...trace }, "unexpected error");
  return { code: "internal", reason: "internal", requestId };
}

const statuses: Record<PublicError["code"], number> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  refused: 422,
  unauthenticated: 401,
  limited: 429,
  too_large: 413,
  unavailable: 503,
  internal: 500,
};

/** The HTTP status of an error. */
export function statusOf(error: PublicError): number {
  return statuses[error.code];
}

/** What leaves the server as JSON: bigint as number, dates as ISO text, and what is JSON already as it is. */
export function toJson(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  try {
    return JSON.stringify(value);
  } catch {
    // Asking about every value costs more than all the rest: only an answer with a bigint pays for it.
    return JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? Number(each) : each));
  }
}
