import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env";

const keys = new Map<string, Buffer>();

/** A key for one purpose alone, 32 bytes from the installation's secret: whoever learns it can sign nothing else. */
export function deriveKey(salt: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, salt, purpose, 32));
}

function keyFor(purpose: string): Buffer {
  const name = `${purpose} ${env().NEXTAUTH_SECRET}`;
  const key = keys.get(name) ?? deriveKey("", purpose);
  keys.set(name, key);
  return key;
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function idOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const sign = (body: Buffer, purpose: string) => createHmac("sha256", keyFor(purpose)).update(body).digest();

/** A link's token: two ids, signed for one purpose. */
export function sealPair(purpose: string, first: string, second: string): string {
  const body = Buffer.concat([bytesOf(first), bytesOf(second)]);
  return `${body.toString("base64url")}.${sign(body, purpose).toString("base64url")}`;
}

/** The ids of a token, or null when we did not sign it for that purpose; compared in constant time, and only its one spelling holds. */
export function openPair(purpose: string, token: string): [first: string, second: string] | null {
  const [left = "", right = "", ...rest] = token.split(".");
  const body = Buffer.from(left, "base64url");
  const signature = Buffer.from(right, "base64url");
  if (rest.length > 0 || body.length !== 32 || signature.length !== 32) return null;
  if (!timingSafeEqual(sign(body, purpose), signature)) return null;
  if (body.toString("base64url") !== left || signature.toString("base64url") !== right) return null;
  return [idOf(body.subarray(0, 16)), idOf(body.subarray(16))];
}
