"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { paths } from "../paths";
import { understood } from "../server/arrivals";
import { publicAction } from "../server/public-action";
import {
  askForReset,
  changeMyPassword,
  endMyOtherSessions,
  endMySession,
  finishReset,
  joinByInvitation,
} from "./account";
import { readSession } from "./context";
import { AcceptInvitation, ChangePassword, EndSession, NoInput, RequestReset, ResetPassword } from "./schema";
import { revokeSessions } from "./sign-in";
import { sessionCookieName } from "./token";

/** Ends this browser's session on the server and forgets its cookie. */
export async function signOut(): Promise<void> {
  understood();
  const session = await readSession();
  if (session) await revokeSessions(session.userId, { sessionId: session.sessionId });
  (await cookies()).delete(sessionCookieName());
  redirect(paths.signIn());
}

export const askForResetAction = publicAction(RequestReset, askForReset);
export const finishResetAction = publicAction(ResetPassword, finishReset);
export const joinByInvitationAction = publicAction(AcceptInvitation, joinByInvitation);
export const changeMyPasswordAction = publicAction(ChangePassword, changeMyPassword);
export const endMySessionAction = publicAction(EndSession, endMySession);
export const endMyOtherSessionsAction = publicAction(NoInput, endMyOtherSessions);
