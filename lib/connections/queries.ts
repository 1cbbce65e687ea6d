import { providerKey } from "../auth/oidc";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { publicOrigin } from "../env";
import type { ConnectionView } from "./schema";

/** The workspace's own OpenID providers by name. */
export async function listConnections(ctx: Context): Promise<ConnectionView[]> {
  requirePermission(ctx, "settings.edit");
  const rows = await ctx.db.oidcConnection.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { id: true, name: true, issuer: true, clientId: true },
    orderBy: { name: "asc" },
  });
  return rows.map((row) => ({
    ...row,
    redirectUri: `${publicOrigin()}/api/auth/callback/${providerKey(ctx.slug, row.id)}`,
  }));
}
