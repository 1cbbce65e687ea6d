import type { NextRequest } from "next/server";
import { requireContext } from "../auth/context";
import { type Capability, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { recordRefusal } from "./refusal";
import { statusOf, toPublicError } from "./result";
import { json } from "./route";

type Uploaded = { name: string; content: Uint8Array };
type Limits = { mostBytes: number; needs: Capability };

/**
 * Builds the POST handler by which a signed-in member sends one file: its bytes are the body, its name a parameter.
 * Only our own pages may (the Origin, which a browser always sends with a POST, must be ours); who may not is refused
 * before a byte is read, and what is too large as soon as that shows.
 */
export function upload<Output>(limits: Limits, command: (ctx: Context, file: Uploaded) => Promise<Output>) {
  return async (request: NextRequest, route: { params: Promise<Record<string, string>> }): Promise<Response> => {
    let ctx: Context | undefined;
    try {
      if (!isFromOurPages(request)) throw new AppError("forbidden", "origin");
      const { workspace = "" } = await route.params;
      const found = await requireContext(workspace);
      ctx = found;
      requirePermission(found, limits.needs);
      const name = request.nextUrl.searchParams.get("name") ?? "";
      const content = await readBody(request, limits.mostBytes);
      return json(await inWorkspace(found.workspaceId, () => command(found, { name, content })), 201);
    } catch (error) {
      const shown = toPublicError(error);
      if (ctx) await recordRefusal(ctx, command.name || "upload", shown);
      return json({ error: shown }, statusOf(shown));
    }
  };
}

function isFromOurPages(request: NextRequest): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
}

async function readBody(request: NextRequest, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError("too_large", "file", { detail: `The limit is ${mostBytes / 1024 / 1024} MB.` });
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > mostBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  const content = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    content.set(chunk, offset);
    offset += chunk.length;
  }
  return content;
}
