import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { env } from "../env";

/** A secret for a link, of 128 random bits, safe in a URL. */
export function makeSecret(): string {
  return randomBytes(16).toString("base64url");
}

/** What is kept of a secret: its SHA-256, so that the table opens nothing. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function sealingKey(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "wheelhouse", "sealed settings", 32));
}

/** Seals a text that only the server may read again (AES-256-GCM), bound to `purpose`, for instance the row it belongs to. */
export function seal(text: string, purpose: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return ["v1", nonce, sealed, cipher.getAuthTag()]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}

/** Opens a sealed text; throws when it was changed, belongs elsewhere, or the server's secret is another one. */
export function unseal(sealed: string, purpose: string): string {
  const [version, ...parts] = sealed.split(".");
  const [nonce, content, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  if (version !== "v1" || !nonce || !content || tag?.length !== 16) throw new Error("not a sealed text");
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(), nonce).setAAD(Buffer.from(purpose)).setAuthTag(tag);
  return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
}
