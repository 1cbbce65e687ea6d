import type { NextRequest } from "next/server";
import type { z } from "zod";
import { requireContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { log } from "../log";
import { recordRefusal } from "./refusal";
import { invalidInput, statusOf, toPublicError } from "./result";
import { json, privateHeaders } from "./route";

/** A file as it leaves the server piece by piece; its name is plain ASCII. */
export type StreamedFile = { fileName: string; mediaType: string; pieces: AsyncGenerator<string> };

/** Pieces are made when the reader asks for them, each inside the workspace; a reader who leaves ends it. */
function streamOf({ workspaceId }: Context, pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await inWorkspace(workspaceId, () => pieces.next());
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error({ err: error }, "a file ended before its end");
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

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
      return new Response(streamOf(found, file.pieces), {
        headers: {
          "content-type": file.mediaType,
          "content-disposition": `attachment; filename="${file.fileName}"`,
          ...privateHeaders,
        },
      });
    } catch (error) {
      const shown = toPublicError(error);
      if (ctx) await recordRefusal(ctx, query.name || "file", shown);
      return json({ error: shown }, statusOf(shown));
    }
  };
}
