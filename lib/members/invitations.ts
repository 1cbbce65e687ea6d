import { hashSecret, makeSecret } from "../auth/secret";
import type { Context } from "../context";
import { lettersIn, setLetter } from "../email/letter";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { newId } from "../identifiers";
import { paths } from "../paths";

/** How long an invitation holds: seven days, in milliseconds. */
export const invitationLifetime = 7 * 86_400_000;

/** The link's secret: the workspace it belongs to, then 128 random bits. */
export function makeInvitationToken(workspaceId: string): string {
  return `${Buffer.from(workspaceId.replaceAll("-", ""), "hex").toString("base64url")}${makeSecret()}`;
}

/** The workspace that a link's secret names; null when it is none of ours. */
export function workspaceOfToken(token: string): string | null {
  if (!/^[\w-]{44}$/.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), "base64url").toString("hex");
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") : null;
}

type Invited = { memberId: string; email: string };

/** Makes a new link for a member and withdraws her earlier ones, inside a transaction. Answers the link's secret. */
export async function issueInvitation(ctx: Context, { memberId, email }: Invited): Promise<string> {
  const { workspaceId } = ctx;
  await ctx.db.invitation.updateMany({
    where: { workspaceId, memberId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
  const token = makeInvitationToken(workspaceId);
  await ctx.db.invitation.create({
    data: {
      workspaceId,
      id: newId(),
      memberId,
      email,
      tokenHash: hashSecret(token),
      expiresAt: new Date(ctx.now.getTime() + invitationLifetime),
      invitedById: ctx.memberId,
      createdAt: ctx.now,
    },
  });
  return token;
}

/** The address that an invitation is accepted at. */
export function invitationAddress(token: string): string {
  return `${publicOrigin()}${paths.invitation(token)}`;
}

/** Mails the link in the workspace's language, inside a transaction. */
export async function mailInvitation(ctx: Context, email: string, token: string): Promise<void> {
  const workspace = await ctx.db.workspace.findUniqueOrThrow({
    where: { id: ctx.workspaceId },
    select: { name: true, locale: true },
  });
  const inviter = ctx.memberId
    ? await ctx.db.member.findFirst({
        where: { workspaceId: ctx.workspaceId, id: ctx.memberId },
        select: { name: true },
      })
    : null;
  const t = lettersIn(workspace.locale);
  const values = { workspace: workspace.name, name: inviter?.name ?? workspace.name };
  const letter = {
    subject: t("invitation.subject", values),
    paragraphs: [t("invitation.text", values), t("invitation.lifetime")],
    action: { label: t("invitation.do"), url: invitationAddress(token) },
    foot: t("invitation.foot", { ...values, email }),
  };
  await sendMail(ctx, setLetter(email, letter, workspace.locale));
}
