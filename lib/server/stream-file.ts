import type { NextRequest } from "next/server";
import type { z } from "zod";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { recordRefusal } from "./refusal";
import { invalidInput, statusOf, toPublicError } from "./result";
import { json, privateHeaders } from "./route";
import { type StreamedFile, streamed } from "./streamed";

/** Builds a GET handler that answers a file to save of any size, in constant memory. */
export function streamFile<Schema extends z.ZodType>(
  schema: Schema,
  query: (ctx: Context, input: z.output<Schema>) => Promise<StreamedFile>,
) {
  return async (_request: NextRequest, route: { params: Promise<Record<string, string>> }): Promise<Response> => {
    let ctx: Context | undefined;
    try {
      const { workspace = "", ...segments } = await route.params;
      const found = await requireContext(workspace);
      ctx = found;
      const parsed = schema.safeParse(segments);
      if (!parsed.success) {
        const error = invalidInput(parsed.error);
        return json({ error }, statusOf(error));
      }
      const file = await inWorkspace(found.workspaceId, () => query(found, parsed.data));
      return streamed(found, file, privateHeaders);
    } catch (error) {
      const shown = toPublicError(error);
      if (ctx) await recordRefusal(ctx, query.name || "file", shown);
      return json({ error: shown }, statusOf(shown));
    }
  };
}
