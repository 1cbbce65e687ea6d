import type { Context } from "../context";
import { inWorkspace } from "../db";
import { log } from "../log";

/** A file as it leaves the server piece by piece; its name is plain ASCII. */
export type StreamedFile = { fileName: string; mediaType: string; pieces: AsyncGenerator<string | Uint8Array> };

/** Pieces are made when the reader asks for them, each inside the workspace; a reader who leaves ends it. */
function streamOf({ workspaceId }: Context, pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await inWorkspace(workspaceId, () => pieces.next());
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
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

/** The answer that carries a file to save; `headers` come along. */
export function streamed(ctx: Context, { fileName, mediaType, pieces }: StreamedFile, headers = {}): Response {
  return new Response(streamOf(ctx, pieces), {
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${fileName}"`,
      ...headers,
    },
  });
}
