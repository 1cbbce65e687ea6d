import { cookies, headers } from "next/headers.js";
import { clientAddress } from "../server/address";
import { openSessionRow } from "./sign-in";
import { sealSession, sessionCookieFlags, sessionCookieName } from "./token";

/** Opens a session for the user in this browser and hands it the cookie; an older session of the browser is left behind. */
export async function startSession(userId: string): Promise<void> {
  const browser = { userAgent: (await headers()).get("user-agent") ?? "", address: await clientAddress() };
  const sessionId = await openSessionRow(userId, browser);
  (await cookies()).set(sessionCookieName(), await sealSession({ userId, sessionId }), sessionCookieFlags());
}
