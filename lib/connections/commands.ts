import { secretPurpose } from "../auth/oidc";
import { requirePermission } from "../auth/permissions";
import { mayAskProvider } from "../auth/provider-guard";
import { seal } from "../auth/secret";
import { endVouchedSessions } from "../auth/sessions";
import { isSecureOrigin } from "../auth/token";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import type { AddConnection, RemoveConnection } from "./schema";

/** Lets members sign in at an OpenID provider of the workspace's own. Its secret is sealed and cannot be read back. */
export async function addConnection(ctx: Context, input: AddConnection): Promise<{ id: string }> {
  requirePermission(ctx, "settings.edit");
  const { name, issuer, clientId, clientSecret } = input;
  // A served installation is not made to ask its own machine or network.
  if ((isSecureOrigin() && !issuer.startsWith("https://")) || !(await mayAskProvider(issuer)))
    throw new AppError("invalid", "input", { fields: { issuer: "issuer" } });
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const id = newId();
    const sealed = seal(clientSecret, secretPurpose(workspaceId, id));
    await ctx.db.oidcConnection.create({
      data: { workspaceId, id, name, issuer, clientId, clientSecret: sealed, createdAt: ctx.now },
    });
    record(ctx, "connection.added", { subject: `connection:${id}`, detail: { name, issuer, clientId } });
    return { id };
  });
}

/** Takes a provider away and ends every session that it opened. */
export async function removeConnection(ctx: Context, { id }: RemoveConnection): Promise<void> {
  requirePermission(ctx, "settings.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const connection = await ctx.db.oidcConnection.findFirst({
      where: { workspaceId, id },
      select: { issuer: true, name: true },
    });
    if (!connection) throw new AppError("not_found", "connection");
    await ctx.db.oidcConnection.deleteMany({ where: { workspaceId, id } });
    await endVouchedSessions(ctx);
    record(ctx, "connection.removed", { subject: `connection:${id}`, detail: connection });
  });
}
