import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey, openPair, sealPair } from "../signed-pair";

/** Which invitation of which workspace a link names. */
export type SurveyToken = { workspaceId: string; inviteId: string };

const purpose = "wheelhouse survey link";

/** The token of a survey: workspace and invitation, signed with a key that signs nothing else. */
export function sealSurveyToken({ workspaceId, inviteId }: SurveyToken): string {
  return sealPair(purpose, workspaceId, inviteId);
}

/** What a token names, or null when we did not sign it. */
export function openSurveyToken(token: string): SurveyToken | null {
  const pair = openPair(purpose, token);
  return pair && { workspaceId: pair[0], inviteId: pair[1] };
}

/** The secret that outside tools of one workspace sign with; a higher `number` is another secret and ends the one before. */
export function toolSecret(workspaceId: string, number: number): string {
  return `wst_${deriveKey(workspaceId, `wheelhouse survey tool ${number}`).toString("base64url")}`;
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
