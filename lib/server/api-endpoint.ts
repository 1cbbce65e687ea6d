import { z } from "zod";
import type { Context } from "../context";
import type { UploadedFile } from "./api-body";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** What a handler gets besides its input. */
export type Call = {
  request: Request;
  files: UploadedFile[];
  /** The version named by If-Match; 0 when the request carries none. */
  version: number;
  /** What the caller sent as Idempotency-Key, for an operation that keeps replies itself. */
  idempotencyKey: string | null;
  /** What the answer carries as X-Request-Id. */
  requestId: string;
};

/** Something that belongs to a row and may come along with it. */
export type Expansion = {
  schema: z.ZodType;
  /** What belongs to the rows with these ids, as far as the caller may see it. */
  load(ctx: Context, ids: string[]): Promise<ReadonlyMap<string, unknown>>;
};

/** One operation of the public API: the door, the documentation and the tests all read it. */
export type Endpoint = {
  method: Method;
  /** Behind /api/v1, with `{names}`. */
  path: string;
  tag: string;
  summary: string;
  /** Who may, in words. */
  permission: string;
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  response: z.ZodType | null;
  status: number;
  accepts: "json" | "multipart";
  answers: "json" | "csv" | "events";
  /** Answers carry an ETag; a write demands If-Match. */
  isVersioned: boolean;
  /** The answer holds a secret, so it is not kept for a repeated Idempotency-Key. */
  isSecret: boolean;
  /** Many writes in one request: each keeps its own reply for a repeated Idempotency-Key. */
  isBatch: boolean;
  /** The query parameter that takes `nextCursor`. */
  cursorName: string;
  /** What `expand` may name: one level, below the row whose `id` it belongs to. */
  expansions: Readonly<Record<string, Expansion>>;
  run(ctx: Context, input: Record<string, unknown>, call: Call): Promise<unknown>;
};

type None = z.ZodObject<Record<never, never>>;

/** What is only told may come from lists that nobody changes. */
type Told<T> = T extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : T extends object
    ? { [Key in keyof T]: Told<T[Key]> }
    : T;

type Definition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Answer extends z.ZodType,
> = Pick<Endpoint, "method" | "path" | "tag" | "summary" | "permission"> &
  Partial<
    Pick<
      Endpoint,
      "status" | "accepts" | "answers" | "isVersioned" | "isSecret" | "isBatch" | "cursorName" | "expansions"
    >
  > & {
    params?: Params;
    query?: Query;
    body?: Body;
    response?: Answer;
    handle(
      ctx: Context,
      input: z.output<Params> & z.output<Query> & z.output<Body>,
      call: Call,
    ): Promise<Told<z.input<Answer>> | Response>;
  };

/** Defines an operation; the input of `handle` is what stands in path, query and body together. */
export function endpoint<
  Params extends z.ZodObject = None,
  Query extends z.ZodObject = None,
  Body extends z.ZodObject = None,
  Answer extends z.ZodType = z.ZodVoid,
>(definition: Definition<Params, Query, Body, Answer>): Endpoint {
  const { params, query, body, response, handle } = definition;
  return {
    ...definition,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    response: response ?? null,
    status: definition.status ?? (response ? 200 : 204),
    accepts: definition.accepts ?? "json",
    answers: definition.answers ?? "json",
    isVersioned: definition.isVersioned ?? false,
    isSecret: definition.isSecret ?? false,
    isBatch: definition.isBatch ?? false,
    cursorName: definition.cursorName ?? "cursor",
    expansions: definition.expansions ?? {},
    run: (ctx, input, call) => handle(ctx, input as Parameters<typeof handle>[1], call),
  };
}

/** A page of a list; `nextCursor` is null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

/** Query parameters of every list. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** The path names one row by `id`. */
export const ById = z.object({ id: z.uuid() });
