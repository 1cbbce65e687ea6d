import type { NextRequest } from "next/server";
import { z } from "zod";
import { asMember } from "../auth/as-member";
import { readSession } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError, type PublicError } from "../errors";
import { perform } from "./action";
import { readJson } from "./api-body";
import { HttpError } from "./api-problem";
import { isForeignOrigin, wholeResponse } from "./arrivals";
import { invalidInput, statusOf, toJson, toPublicError } from "./result";

/** Headers of every answer that carries a workspace's data. */
export const privateHeaders = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" } as const;

/** A JSON answer that no cache keeps. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = { "content-type": "application/json; charset=utf-8" };
  return wholeResponse(toJson(value), status, { ...type, ...privateHeaders, ...headers });
}

/**
 * Builds a GET handler for a screen's reads: the search parameters are parsed by `schema`, the path's other
 * segments come with them (`{ workspace, id }`), and the answer is the query's view.
 */
export function get<Schema extends z.ZodType, Output>(
  schema: Schema,
  query: (ctx: Context, input: z.output<Schema>) => Promise<Output>,
) {
  return async (request: NextRequest, route: { params: Promise<Record<string, string>> }): Promise<Response> => {
    try {
      const { workspace = "", ...segments } = await route.params;
      const parsed = schema.safeParse({ ...Object.fromEntries(request.nextUrl.searchParams), ...segments });
      const output = await asMember(await readSession(), workspace, async (ctx) => {
        if (!parsed.success) throw new AppError("invalid", "input", { fields: invalidInput(parsed.error).fields });
        return inWorkspace(ctx.workspaceId, () => query(ctx, parsed.data));
      });
      return json(output);
    } catch (error) {
      const shown = toPublicError(error);
      return json({ error: shown }, statusOf(shown));
    }
  };
}

/**
 * Builds a POST handler for a write that people do all day: it answers what an action answers, without the page around
 * it. It takes JSON from our own pages alone, as the cookie would let others ask too.
 */
export function post<Schema extends z.ZodType, Output>(
  schema: Schema,
  command: (ctx: Context, input: z.output<Schema>) => Promise<Output>,
) {
  return async (request: NextRequest, route: { params: Promise<Record<string, string>> }): Promise<Response> => {
    const { workspace = "" } = await route.params;
    try {
      if (isForeignOrigin(request.headers.get("origin"), request.headers.get("host")))
        throw new AppError("forbidden", "origin");
      const { value } = await readJson(request);
      return json(await asMember(await readSession(), workspace, (ctx) => perform(ctx, schema, command, value)));
    } catch (error) {
      const shown: PublicError =
        error instanceof HttpError ? { code: "invalid", reason: "input" } : toPublicError(error);
      return json({ ok: false, error: shown }, statusOf(shown));
    }
  };
}

/** For reads that take no input besides the path. */
export const noInput = z.object({});
