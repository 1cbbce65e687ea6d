import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "../env";

/** Which link of which workspace a token names. */
export type CustomerToken = { workspaceId: string; linkId: string };

const bytesOf = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function idOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

let derived: { secret: string; key: Buffer } | undefined;

/** The key of these links alone: whoever learns it can sign nothing else. */
function keyOfLinks(): Buffer {
  const secret = env().NEXTAUTH_SECRET;
  if (derived?.secret !== secret) {
    derived = { secret, key: Buffer.from(hkdfSync("sha256", secret, "", "wheelhouse customer link", 32)) };
  }
  return derived.key;
}

const sign = (body: Buffer) => createHmac("sha256", keyOfLinks()).update(body).digest();

/** The token of a customer's page: workspace and link, signed. It holds as long as the link is not revoked. */
export function sealCustomerToken({ workspaceId, linkId }: CustomerToken): string {
  const body = Buffer.concat([bytesOf(workspaceId), bytesOf(linkId)]);
  return `${body.toString("base64url")}.${sign(body).toString("base64url")}`;
}

/** What a token names, or null when we did not sign it; compared in constant time, and only its one spelling holds. */
export function openCustomerToken(token: string): CustomerToken | null {
  const [left = "", right = "", ...rest] = token.split(".");
  const body = Buffer.from(left, "base64url");
  const signature = Buffer.from(right, "base64url");
  if (rest.length > 0 || body.length !== 32 || signature.length !== 32) return null;
  if (!timingSafeEqual(sign(body), signature)) return null;
  if (body.toString("base64url") !== left || signature.toString("base64url") !== right) return null;
  return { workspaceId: idOf(body.subarray(0, 16)), linkId: idOf(body.subarray(16)) };
}
