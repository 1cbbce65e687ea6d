import { createHash, randomUUID } from "node:crypto";
import type { z } from "zod";
import { isStorable } from "../api/strict-json";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { contextOfKey } from "../keys/access";
import { hashKey } from "../keys/secret";
import { type Body, readJson, readMultipart } from "./api-body";
import type { Call, Endpoint, Method } from "./api-endpoint";
import { once, type Reply } from "./api-idempotency";
import { type Allowance, countCall, heldBack } from "./api-limits";
import { type Failure, HttpError, InvalidRequest, problemResponse } from "./api-problem";
import { etagOf, shapeAnswer, takeWish, type Wish } from "./api-shape";
import { wholeResponse } from "./arrivals";
import { recordRefusal } from "./refusal";
import { toJson, toPublicError } from "./result";
import { privateHeaders } from "./route";

/** Where the public API begins. */
export const apiRoot = "/api/v1";

type Found = { endpoint: Endpoint; params: Record<string, string> };

type Asked = {
  request: Request;
  url: URL;
  method: Method;
  segments: string[];
  headers: Record<string, string>;
  /** How the log names this request: our own id, and the trace that the caller sent along. */
  named: { requestId: string; traceId?: string };
};

function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id") ?? "";
  return /^[\w.-]{1,80}$/.test(given) ? given : randomUUID();
}

/** The trace that a request belongs to (W3C Trace Context), for the log. */
function traceOf(request: Request): { traceId?: string } {
  const given = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(request.headers.get("traceparent") ?? "");
  const traceId = given?.[1];
  return traceId && !/^0+$/.test(traceId) ? { traceId } : {};
}

function bearerOf(request: Request): string | null {
  return /^Bearer ([\w-]{20,200})$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

function paramsOf(path: string, segments: string[]): Record<string, string> | null {
  const parts = path.split("/").slice(1);
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}

/** The operation of this method and path; a path written out wins over one with names. */
function find(endpoints: readonly Endpoint[], method: Method, segments: string[]): Found {
  const there = endpoints.flatMap((endpoint) => {
    const params = paramsOf(endpoint.path, segments);
    return params ? [{ endpoint, params }] : [];
  });
  there.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length);
  const found = there.find(({ endpoint }) => endpoint.method === method);
  if (found) return found;
  if (there.length === 0) throw new AppError("not_found", "path");
  const allow = [...new Set(there.map(({ endpoint }) => endpoint.method))].join(", ");
  throw new HttpError("method_not_allowed", `Allowed here: ${allow}.`, { allow });
}

function parse(schema: z.ZodType, value: unknown, prefix: string[] = []): Record<string, unknown> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidRequest(parsed.error, prefix);
  return parsed.data as Record<string, unknown>;
}

/** An id that is none is answered like one that does not exist. */
function parseParams({ endpoint, params }: Found): Record<string, unknown> {
  if (!endpoint.params) return {};
  const parsed = endpoint.params.safeParse(params);
  if (!parsed.success) throw new AppError("not_found", endpoint.tag.toLowerCase());
  return parsed.data;
}

function parseQuery(endpoint: Endpoint, url: URL): { query: Record<string, unknown>; wish: Wish } {
  const given: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (name in given || !isStorable(value)) throw new AppError("invalid", "query", { fields: { [name]: "query" } });
    given[name] = value;
  }
  const wish = takeWish(endpoint, given);
  if (endpoint.query) return { query: parse(endpoint.query, given), wish };
  const [unknown] = Object.keys(given);
  if (unknown !== undefined) throw new AppError("invalid", "query", { fields: { [unknown]: "unrecognized_keys" } });
  return { query: {}, wish };
}

function readBody({ accepts, body }: Endpoint, request: Request): Promise<Body> {
  if (accepts === "multipart") return readMultipart(request);
  if (body || request.body) return readJson(request);
  return Promise.resolve({ value: {}, files: [], hash: "" });
}

/** The version named by If-Match, 0 without one; a write on a versioned row must name it. */
function versionOf({ method, isVersioned }: Endpoint, request: Request): number {
  const given = request.headers.get("if-match");
  if (given === null && isVersioned && method !== "GET")
    throw new HttpError("precondition_required", "Send the ETag of the row as If-Match.");
  if (given === null) return 0;
  const version = /^"(\d{1,9})(\.[0-9a-f]+)?"$/.exec(given.trim())?.[1];
  if (!version) throw new HttpError("precondition_failed", "If-Match names no version of this row.");
  return Number(version);
}

/** Where the next page of a list is, and the first one, once it was left (RFC 8288). */
function linkOf({ cursorName }: Endpoint, url: URL, body: unknown): Record<string, string> {
  const next = (body as { nextCursor?: unknown } | null)?.nextCursor;
  const links: string[] = [];
  const add = (relation: string, cursor: string | null) => {
    const target = new URLSearchParams(url.search);
    if (cursor === null) target.delete(cursorName);
    else target.set(cursorName, cursor);
    links.push(`<${url.pathname}${target.size > 0 ? `?${target}` : ""}>; rel="${relation}"`);
  };
  if (typeof next === "string") add("next", next);
  if (next !== undefined && url.searchParams.has(cursorName)) add("first", null);
  return links.length > 0 ? { link: links.join(", ") } : {};
}

type Run = { endpoint: Endpoint; input: Record<string, unknown>; wish: Wish; call: Call };

/** Runs the handler; its answer is checked against the documented schema wherever tests run. */
async function reply(ctx: Context, { endpoint, input, wish, call }: Run): Promise<Reply> {
  const body = await endpoint.run(ctx, input, call);
  if (body instanceof Response) throw new Error("a streamed answer cannot be kept");
  if (process.env.NODE_ENV === "test" && endpoint.status !== 204) endpoint.response?.parse(JSON.parse(toJson(body)));
  const shaped = await shapeAnswer(ctx, endpoint, body ?? null, wish);
  const isTagged = endpoint.method === "GET" || (endpoint.isVersioned && typeof versionIn(body) === "number");
  return { status: endpoint.status, body: shaped, headers: isTagged ? { etag: etagOf(body, shaped) } : {} };
}

const versionIn = (body: unknown) => (body as { version?: unknown } | null | undefined)?.version;

function toResponse(endpoint: Endpoint, { request, url, headers }: Asked, { status, body, headers: own }: Reply) {
  const all = { ...headers, ...own, ...linkOf(endpoint, url, body) };
  const tags = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (endpoint.method === "GET" && own.etag && tags.includes(own.etag))
    return new Response(null, { status: 304, headers: all });
  if (status === 204) return new Response(null, { status, headers: all });
  return wholeResponse(toJson(body), status, { ...all, "content-type": "application/json; charset=utf-8" });
}

function idempotencyKeyOf(endpoint: Endpoint, request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || endpoint.method === "GET" || endpoint.isSecret) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new AppError("invalid", "idempotency_key", { detail: "Idempotency-Key: 1 to 255 printable characters." });
  return key;
}

async function answer(found: Found, ctx: Context, asked: Asked): Promise<Response> {
  const { endpoint } = found;
  const { request, url } = asked;
  const params = parseParams(found);
  const { query, wish } = parseQuery(endpoint, url);
  const body = await readBody(endpoint, request);
  const fields = endpoint.body ? parse(endpoint.body, body.value) : parseNothing(body.value);
  const input = { ...fields, ...query, ...params };
  const key = idempotencyKeyOf(endpoint, request);
  const { requestId } = asked.named;
  const call = { request, files: body.files, version: versionOf(endpoint, request), idempotencyKey: key, requestId };
  if (endpoint.answers !== "json") {
    const made = await endpoint.run(ctx, input, call);
    if (!(made instanceof Response)) return toResponse(endpoint, asked, { status: 200, body: made, headers: {} });
    for (const [name, value] of Object.entries(asked.headers))
      if (!made.headers.has(name)) made.headers.set(name, value);
    return made;
  }
  const run: Run = { endpoint, input, wish, call };
  if (key === null || endpoint.isBatch) return toResponse(endpoint, asked, await reply(ctx, run));
  const bodyHash = createHash("sha256").update(`${endpoint.method} ${url.pathname}${url.search}\n${body.hash}`);
  const kept = await once(ctx, {
    key,
    bodyHash: bodyHash.digest("hex"),
    run: (inner) => reply(inner, run),
  });
  if (kept.isReplayed) asked.headers["idempotency-replayed"] = "true";
  return toResponse(endpoint, asked, kept);
}

function parseNothing(value: unknown): Record<string, never> {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (!isEmpty) throw new AppError("invalid", "body", { detail: "This operation takes no body." });
  return {};
}

function failureOf(error: unknown, asked: Asked): Failure {
  if (error instanceof HttpError || error instanceof InvalidRequest) return error;
  const shown = toPublicError(error, asked.named);
  const isStale = shown.code === "conflict" && shown.reason === "version" && asked.request.headers.has("if-match");
  if (!isStale) return shown;
  return new HttpError("precondition_failed", "The row has changed: read it again.", {}, shown.current);
}

async function handle(endpoints: readonly Endpoint[], asked: Asked): Promise<Response> {
  const key = bearerOf(asked.request);
  const secretHash = hashKey(key ?? "");
  const isWrite = asked.method !== "GET";
  const admit = ({ headers, refusal }: Allowance) => {
    Object.assign(asked.headers, headers);
    if (refusal) throw refusal;
  };
  // A flood is turned away before the database hears of it.
  const held = await heldBack(secretHash, isWrite);
  if (held) admit(held);
  const ctx = await contextOfKey(key);
  admit(await countCall(ctx.actor.kind === "key" ? ctx.actor.id : ctx.slug, secretHash, isWrite));
  const found = find(endpoints, asked.method, asked.segments);
  try {
    return await inWorkspace(ctx.workspaceId, () => answer(found, ctx, asked));
  } catch (error) {
    const failure = failureOf(error, asked);
    if (isWrite && "reason" in failure && !(failure instanceof HttpError))
      await recordRefusal(ctx, `${asked.method} ${found.endpoint.path}`, failure);
    return problemResponse(failure, asked.named.requestId, asked.headers);
  }
}

/**
 * The door of the public API: key, limits, path, input, precondition, idempotency, answer. Every failure leaves as
 * problem+json with the request's id, and no answer may be kept by a cache.
 */
export function serve(endpoints: readonly Endpoint[]) {
  return async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const requestId = requestIdOf(request);
    const segments = url.pathname.slice(apiRoot.length + 1).split("/");
    const method = (request.method === "HEAD" ? "GET" : request.method) as Method;
    const headers = { ...privateHeaders, "x-request-id": requestId };
    const asked: Asked = { request, url, method, segments, headers, named: { requestId, ...traceOf(request) } };
    try {
      return await handle(endpoints, asked);
    } catch (error) {
      return problemResponse(failureOf(error, asked), requestId, asked.headers);
    }
  };
}
