import { after } from "next/server.js";
import { AppError } from "../errors";
import { limits, takeAttempt } from "../limits";
import { log } from "../log";
import { acceptInvitation } from "../members/accept";
import { networkOf } from "../network";
import { paths } from "../paths";
import { clientAddress } from "../server/address";
import { readUser, type SignedInUser } from "./context";
import { startSession } from "./cookie";
import { changePassword, requestReset, resetPassword } from "./password-reset";
import type { AcceptInvitation, ChangePassword, EndSession, RequestReset, ResetPassword } from "./schema";
import { endSessions } from "./sessions";
import { accountEmail, asAttempt } from "./sign-in";

async function requireUser(): Promise<SignedInUser> {
  const user = await readUser();
  if (!user) throw new AppError("unauthenticated", "session");
  return user;
}

/** Asks for a reset link. The work happens after the answer, so that a known e-mail takes no longer than an unknown one. */
export async function askForReset(input: RequestReset): Promise<void> {
  const network = networkOf(await clientAddress());
  await takeAttempt(limits.reset, `${accountEmail(input.email)}|${network}`);
  await takeAttempt(limits.resetAddress, network);
  after(() => requestReset(input).catch((error: unknown) => log.error({ err: error }, "a reset link was not sent")));
}

/** Sets the new password of a reset link and signs its user in here. */
export async function finishReset(input: ResetPassword): Promise<void> {
  await takeAttempt(limits.invitation, networkOf(await clientAddress()));
  const { userId } = await resetPassword(input);
  await startSession(userId);
}

/** Accepts an invitation and signs the member in; answers where her work begins. */
export async function joinByInvitation(input: AcceptInvitation): Promise<{ to: string }> {
  const address = await clientAddress();
  await takeAttempt(limits.invitation, networkOf(address));
  const user = await readUser();
  const visitor = user && !user.boundTo ? { userId: user.userId } : null;
  const { userId, slug } = await acceptInvitation({ ...input, visitor, address });
  if (visitor?.userId !== userId) await startSession(userId);
  return { to: paths.home(slug) };
}

/** Changes the signed-in user's password; guesses at the old one are counted like sign-ins. */
export async function changeMyPassword(input: ChangePassword): Promise<void> {
  const user = await requireUser();
  await asAttempt(user.email, await clientAddress(), async () => {
    await changePassword(user, input);
    return true;
  });
}

/** Ends one of the signed-in user's sessions. */
export async function endMySession({ id }: EndSession): Promise<void> {
  await endSessions(await requireUser(), { id });
}

/** Ends every session of the signed-in user but this one. */
export async function endMyOtherSessions(): Promise<void> {
  await endSessions(await requireUser(), "others");
}
