import { asUser, inWorkspace } from "../db";
import { lettersIn, setLetter } from "../email/letter";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { paths } from "../paths";
import { record, transaction } from "../transaction";
import { systemContext } from "./context";
import { hashPassword, verifyPassword } from "./password";
import { hashSecret, makeSecret } from "./secret";
import { accountEmail, revokeSessions } from "./sign-in";

/** How long a reset link holds: one hour, in milliseconds. */
export const resetLifetime = 3_600_000;

type Home = { workspaceId: string; memberId: string };

/** The workspace whose outbox a mail to this user goes through: the first one she joined, no demo when she has another. */
async function homeOf(userId: string): Promise<Home | null> {
  const rows = await asUser(
    userId,
    (db) => db.$queryRaw<Home[]>`
      select m.workspace_id as "workspaceId", m.id as "memberId" from members m join workspaces w on w.id = m.workspace_id
      where m.user_id = ${userId}::uuid and m.status = 'active' order by w.is_demo, m.created_at limit 1`,
  );
  return rows[0] ?? null;
}

/**
 * Mails a single-use link to the owner of an e-mail, if there is one who works in a workspace. It answers nothing, so that
 * nobody learns who has an account; the address in the link is ours, whatever the request said.
 */
export async function requestReset(input: { email: string }, now = new Date()): Promise<void> {
  const email = accountEmail(input.email);
  const user = await asUser(null, (db) =>
    db.user.findUnique({ where: { email }, select: { id: true, status: true, locale: true } }),
  );
  const home = user?.status === "active" ? await homeOf(user.id) : null;
  if (!user || !home) return;
  const secret = makeSecret();
  const t = lettersIn(user.locale);
  const letter = {
    subject: t("reset.subject"),
    paragraphs: [t("reset.text"), t("reset.lifetime")],
    action: { label: t("reset.do"), url: `${publicOrigin()}${paths.reset(secret)}` },
    foot: t("reset.foot", { email }),
  };
  const ctx = { ...(await systemContext(home.workspaceId, { memberId: home.memberId })), now };
  await transaction(ctx, async (ctx) => {
    const expiresAt = new Date(now.getTime() + resetLifetime);
    await ctx.db.passwordReset.updateMany({ where: { userId: user.id, usedAt: null }, data: { usedAt: now } });
    await ctx.db.passwordReset.create({
      data: { id: newId(), userId: user.id, tokenHash: hashSecret(secret), expiresAt, createdAt: now },
    });
    await sendMail(ctx, setLetter(email, letter, user.locale));
    record(ctx, "password.reset_requested", { subject: `member:${home.memberId}` });
  });
}

/** Whether a reset link still holds. */
export async function holdsReset(secret: string, now = new Date()): Promise<boolean> {
  const row = await asUser(null, (db) =>
    db.passwordReset.findFirst({
      where: { tokenHash: hashSecret(secret), usedAt: null, expiresAt: { gt: now } },
      select: { id: true },
    }),
  );
  return row !== null;
}

/** Notes in the workspaces of a user that her password is another one, in the name of the member she is there. */
async function recordPasswordChange(userId: string, how: string): Promise<void> {
  const homes = await asUser(userId, (db) =>
    db.member.findMany({ where: { userId, status: "active" }, select: { workspaceId: true, id: true }, take: 50 }),
  );
  for (const { workspaceId, id } of homes) {
    const ctx = await systemContext(workspaceId, { memberId: id });
    await inWorkspace(workspaceId, () =>
      transaction(ctx, async (ctx) => record(ctx, "password.changed", { subject: `member:${id}`, detail: { how } })),
    );
  }
}

/**
 * Sets the password of a reset link's user, ends all her sessions, and uses the link up. Throws `not_found` `reset` when the
 * link is unknown, used, or older than an hour.
 */
export async function resetPassword(
  { secret, password }: { secret: string; password: string },
  now = new Date(),
): Promise<{ userId: string }> {
  const tokenHash = hashSecret(secret);
  if (!(await holdsReset(secret, now))) throw new AppError("not_found", "reset");
  const passwordHash = await hashPassword(password);
  const userId = await asUser(null, async (db) => {
    // One statement, so that of two uses at once one finds the link gone.
    const rows = await db.$queryRaw<{ userId: string }[]>`
      with used as (
        update password_resets set used_at = ${now} where token_hash = ${tokenHash} and used_at is null and expires_at > ${now}
        returning user_id),
      changed as (
        update users u set password_hash = ${passwordHash}, email_verified_at = coalesce(u.email_verified_at, ${now})
        from used where u.id = used.user_id and u.status = 'active' returning u.id),
      ended as (
        update sessions s set revoked_at = ${now} from changed where s.user_id = changed.id and s.revoked_at is null returning 1)
      select id as "userId" from changed`;
    return rows[0]?.userId;
  });
  if (!userId) throw new AppError("not_found", "reset");
  await recordPasswordChange(userId, "reset");
  return { userId };
}

/** Changes the password of a signed-in user who gives the old one; every other session of hers ends. */
export async function changePassword(
  user: { userId: string; sessionId: string },
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { userId, sessionId } = user;
  const row = await asUser(userId, (db) =>
    db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
  );
  if (!(await verifyPassword(current, row?.passwordHash)))
    throw new AppError("invalid", "input", { fields: { current: "wrong" } });
  const passwordHash = await hashPassword(password);
  await asUser(userId, (db) => db.user.updateMany({ where: { id: userId }, data: { passwordHash } }));
  await revokeSessions(userId, { except: sessionId });
  await recordPasswordChange(userId, "changed");
}
