"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { paths } from "../paths";
import { readSession } from "./context";
import { revokeSessions } from "./sign-in";
import { sessionCookieName } from "./token";

/** Ends this browser's session on the server and forgets its cookie. */
export async function signOut(): Promise<void> {
  const session = await readSession();
  if (session) await revokeSessions(session.userId, { sessionId: session.sessionId });
  (await cookies()).delete(sessionCookieName());
  redirect(paths.signIn());
}
