import type { z } from "zod";
import type { ErrorCode } from "../errors";
import { type PublicError, statusOf, toJson } from "./result";

/** RFC 9457: what every failed request of the public API is answered with. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The request, as the log knows it. */
  instance: string;
  errors: { pointer: string; detail: string; code: string }[];
};

/** Errors of HTTP itself, which no command throws. */
export type ProtocolError =
  | "method_not_allowed"
  | "unsupported_media_type"
  | "precondition_failed"
  | "precondition_required"
  | "request_timeout"
  | "idempotency_mismatch"
  | "idempotency_in_progress";

const titles: Record<ErrorCode | ProtocolError | "internal", string> = {
  not_found: "Not found",
  forbidden: "Not allowed",
  conflict: "Conflict",
  invalid: "Invalid input",
  refused: "Refused by a rule",
  unauthenticated: "No valid key",
  limited: "Too many requests",
  too_large: "Too large",
  unavailable: "Not available at the moment",
  internal: "Internal error",
  method_not_allowed: "Method not allowed",
  unsupported_media_type: "Unsupported media type",
  precondition_failed: "Changed in the meantime",
  precondition_required: "If-Match required",
  request_timeout: "The request came too slowly",
  idempotency_mismatch: "Idempotency key used for another request",
  idempotency_in_progress: "The first request with this key still runs",
};

const protocolStatus: Record<ProtocolError, number> = {
  method_not_allowed: 405,
  unsupported_media_type: 415,
  precondition_failed: 412,
  precondition_required: 428,
  request_timeout: 408,
  idempotency_mismatch: 422,
  idempotency_in_progress: 409,
};

/** A failure of the protocol; like `AppError`, thrown on purpose. */
export class HttpError extends Error {
  constructor(
    readonly code: ProtocolError,
    readonly reason: string,
    readonly headers: Record<string, string> = {},
    /** The row as it now stands, when the caller's was an older one. */
    readonly current?: unknown,
  ) {
    super(`${code}: ${reason}`);
    this.name = "HttpError";
  }
}

/** So many faults are named at once; a hostile body may have thousands. */
const mostErrors = 20;

/** Input that does not fit the schema, issue by issue. */
export class InvalidRequest extends Error {
  readonly errors: Problem["errors"];

  constructor(error: z.ZodError, prefix: string[] = []) {
    super("invalid request");
    this.name = "InvalidRequest";
    this.errors = error.issues.slice(0, mostErrors).flatMap((issue): Problem["errors"] => {
      const path = [...prefix, ...issue.path.map(String)];
      if (issue.code !== "unrecognized_keys")
        return [{ pointer: pointerTo(path), detail: issue.message, code: issue.code }];
      return issue.keys.slice(0, mostErrors).map((key) => ({
        pointer: pointerTo([...path, key]),
        detail: "There is no such field.",
        code: issue.code,
      }));
    });
  }
}

/** A JSON pointer (RFC 6901). */
function pointerTo(path: string[]): string {
  return path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const pointerOf = (field: string) => (field === "form" ? "" : pointerTo(field.split(".")));

/** Every failure that has a shape of its own in an answer. */
export type Failure = PublicError | HttpError | InvalidRequest;

type Shape = {
  code: keyof typeof titles;
  status: number;
  detail: string;
  errors: Problem["errors"];
  current?: unknown;
};

function shapeOf(error: Failure): Shape {
  if (error instanceof HttpError)
    return {
      code: error.code,
      status: protocolStatus[error.code],
      detail: error.reason,
      errors: [],
      current: error.current,
    };
  if (error instanceof InvalidRequest)
    return { code: "invalid", status: 400, detail: "The input does not fit the schema.", errors: error.errors };
  const { code, reason, fields = {}, detail = reason, current } = error;
  const errors = Object.entries(fields).map(([field, why]) => ({
    pointer: pointerOf(field),
    detail: why,
    code: reason,
  }));
  const whole = [{ pointer: "", detail, code: reason }];
  return { code, status: statusOf(error), detail, errors: errors.length > 0 ? errors : whole, current };
}

/** A failure in words. A conflict also carries `current`, the row as it now stands. */
export function problemOf(error: Failure, requestId: string): Problem & { current?: unknown } {
  const { code, status, detail, errors, current } = shapeOf(error);
  return {
    type: `/docs/api#${code}`,
    title: titles[code],
    status,
    detail,
    instance: `urn:request:${requestId}`,
    errors: errors.length > 0 ? errors : [{ pointer: "", detail, code }],
    ...(current === undefined ? {} : { current }),
  };
}

/** The answer for a failure. */
export function problemResponse(error: Failure, requestId: string, headers: Record<string, string>): Response {
  const problem = problemOf(error, requestId);
  const { status } = problem;
  const extra: Record<string, string> = error instanceof HttpError ? { ...error.headers } : {};
  if (status === 401) extra["www-authenticate"] = 'Bearer realm="wheelhouse"';
  if (status === 503) extra["retry-after"] = "5";
  if ("retryAfterSeconds" in error && error.retryAfterSeconds)
    extra["retry-after"] = String(Math.ceil(error.retryAfterSeconds));
  return new Response(toJson(problem), {
    status,
    headers: { ...headers, ...extra, "content-type": "application/problem+json; charset=utf-8" },
  });
}

/** Every kind of problem with its status, for the readable documentation. */
export const problems = (Object.keys(titles) as (keyof typeof titles)[])
  .map((code) => ({
    code,
    title: titles[code],
    status:
      code in protocolStatus ? protocolStatus[code as ProtocolError] : statusOf({ code, reason: "" } as PublicError),
  }))
  .sort((one, other) => one.status - other.status);
