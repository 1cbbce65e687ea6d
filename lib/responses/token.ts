import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "../env";

/** Which invitation of which workspace a link names. */
export type SurveyToken = { workspaceId: string; inviteId: string };

const bytesOf = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function idOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const derive = (salt: string, purpose: string) =>
  Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, salt, purpose, 32));

const sign = (body: Buffer) => createHmac("sha256", derive("", "wheelhouse survey link")).update(body).digest();

/** The token of a survey: workspace and invitation, signed with a key that signs nothing else. */
export function sealSurveyToken({ workspaceId, inviteId }: SurveyToken): string {
  const body = Buffer.concat([bytesOf(workspaceId), bytesOf(inviteId)]);
  return `${body.toString("base64url")}.${sign(body).toString("base64url")}`;
}

/** What a token names, or null when we did not sign it; compared in constant time, and only its one spelling holds. */
export function openSurveyToken(token: string): SurveyToken | null {
  const [left = "", right = "", ...rest] = token.split(".");
  const body = Buffer.from(left, "base64url");
  const signature = Buffer.from(right, "base64url");
  if (rest.length > 0 || body.length !== 32 || signature.length !== 32) return null;
  if (!timingSafeEqual(sign(body), signature)) return null;
  if (body.toString("base64url") !== left || signature.toString("base64url") !== right) return null;
  return { workspaceId: idOf(body.subarray(0, 16)), inviteId: idOf(body.subarray(16)) };
}

/** The secret that outside tools of one workspace sign with; a higher `number` is another secret and ends the one before. */
export function toolSecret(workspaceId: string, number: number): string {
  return `wst_${derive(workspaceId, `wheelhouse survey tool ${number}`).toString("base64url")}`;
}

/** How far a tool's clock may be from ours, in milliseconds. */
export const toolWindow = 5 * 60_000;

/** What a tool sends as its signature: hex HMAC-SHA-256 over `<seconds>.<body>`. */
export function signTool(secret: string, seconds: number, body: string): string {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
}

/** Whether a tool's request is its own and of the last five minutes; compared in constant time. */
export function isSignedByTool(
  secret: string,
  { timestamp, signature, body }: { timestamp: string; signature: string; body: string },
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const seconds = Number(timestamp);
  if (Math.abs(now.getTime() - seconds * 1000) > toolWindow) return false;
  return timingSafeEqual(Buffer.from(signTool(secret, seconds, body), "hex"), Buffer.from(signature, "hex"));
}
