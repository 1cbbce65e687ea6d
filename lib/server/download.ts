import type { NextRequest } from "next/server";
import type { z } from "zod";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { invalidInput, statusOf, toPublicError } from "./result";
import { json, privateHeaders } from "./route";

/** A file as it leaves the server. */
export type Download = { fileName: string; mediaType: string; body: string | Uint8Array<ArrayBuffer> };

/** What a file is asked with: the segments of its path, and of the query what the schema knows; the rest of the query is passed over. */
export function askedOf(schema: z.ZodObject, search: URLSearchParams, segments: Record<string, string>) {
  const known = [...search].filter(([name]) => name in schema.shape);
  return { ...Object.fromEntries(known), ...segments };
}

/** Builds a GET handler that answers a file to save; its name is plain ASCII. */
export function download<Schema extends z.ZodObject>(
  schema: Schema,
  query: (ctx: Context, input: z.output<Schema>) => Promise<Download>,
) {
  return async (request: NextRequest, route: { params: Promise<Record<string, string>> }): Promise<Response> => {
    try {
      const { workspace = "", ...segments } = await route.params;
      const ctx = await requireContext(workspace);
      const parsed = schema.safeParse(askedOf(schema, request.nextUrl.searchParams, segments));
      if (!parsed.success) {
        const error = invalidInput(parsed.error);
        return json({ error }, statusOf(error));
      }
      const file = await inWorkspace(ctx.workspaceId, () => query(ctx, parsed.data));
      return new Response(file.body, {
        headers: {
          "content-type": file.mediaType,
          "content-disposition": `attachment; filename="${file.fileName}"`,
          ...privateHeaders,
        },
      });
    } catch (error) {
      const shown = toPublicError(error);
      return json({ error: shown }, statusOf(shown));
    }
  };
}
