import { createHash } from "node:crypto";
import { parseStrictJson } from "../api/strict-json";
import { AppError } from "../errors";
import { HttpError } from "./api-problem";

/** A JSON body may have one megabyte, in bytes. */
export const mostJson = 1_048_576;

/** All parts of an upload together, in bytes; a single file has a limit of its own. */
export const mostUpload = 110 * 1_048_576;

export type UploadedFile = { name: string; bytes: Uint8Array };

/** What came in the body, and its hash, by which a repeated request is known. */
export type Body = { value: unknown; files: UploadedFile[]; hash: string };

const noBody: Body = { value: {}, files: [], hash: "" };

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Reads at most `most` bytes within `patience` milliseconds; more is refused as soon as it is known. */
async function readBytes(request: Request, most: number, patience: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new AppError("too_large", "body");
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HttpError("request_timeout", "body")), patience);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > most) {
        void reader.cancel().catch(() => undefined);
        throw new AppError("too_large", "body");
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  const [whole] = chunks;
  if (whole && chunks.length === 1) return whole as Uint8Array<ArrayBuffer>;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("invalid", "encoding", { fields: { form: "encoding" } });
  }
}

/** The JSON body of a request; an absent one is an empty object. */
export async function readJson(request: Request): Promise<Body> {
  const bytes = await readBytes(request, mostJson, 10_000);
  if (bytes.byteLength === 0) return noBody;
  const type = mediaType(request);
  if (type !== "application/json" && type !== "application/merge-patch+json")
    throw new HttpError("unsupported_media_type", "Send application/json.", { accept: "application/json" });
  const parsed = parseStrictJson(decode(bytes));
  if (!parsed.ok) throw new AppError("invalid", parsed.reason, { fields: { form: parsed.reason } });
  return { value: parsed.value, files: [], hash: hashOf(bytes) };
}

/** A multipart body: files under `file`, the other parts as texts by their names. */
export async function readMultipart(request: Request): Promise<Body> {
  if (mediaType(request) !== "multipart/form-data")
    throw new HttpError("unsupported_media_type", "Send multipart/form-data.", { accept: "multipart/form-data" });
  const bytes = await readBytes(request, mostUpload, 120_000);
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const form = await new Response(bytes, { headers }).formData().catch(() => {
    throw new AppError("invalid", "multipart", { fields: { form: "multipart" } });
  });
  const files: UploadedFile[] = [];
  const value: Record<string, string> = {};
  // The boundary differs from one sending to the next, so the parts are hashed, not the bytes.
  const hash = createHash("sha256");
  for (const [name, part] of form) {
    if (typeof part !== "string" && name !== "file")
      throw new AppError("invalid", "part", { fields: { [name]: "part" } });
    if (typeof part === "string") {
      if (name in value) throw new AppError("invalid", "duplicate_key", { fields: { [name]: "duplicate_key" } });
      value[name] = part;
      hash.update(JSON.stringify([name, part]));
    } else {
      const content = new Uint8Array(await part.arrayBuffer());
      files.push({ name: part.name, bytes: content });
      hash.update(JSON.stringify([name, part.name, hashOf(content)]));
    }
  }
  return { value, files, hash: hash.digest("hex") };
}
