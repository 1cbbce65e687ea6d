import { systemContext } from "../auth/context";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { publicOrigin } from "../env";
import { AppError } from "../errors";
import { invalidInput } from "../server/result";
import { record, transaction } from "../transaction";
import { writeResponse } from "./commands";
import { surveySettings } from "./queries";
import { type ResponseReceipt, ToolResponse } from "./schema";
import { isSignedByTool, toolSecret } from "./token";

/** How an outside survey tool reaches us: where to send, and the secret to sign with. */
export type ToolAccess = { address: string; secret: string };

/** What a tool's request carries. */
export type ToolRequest = { slug: string; timestamp: string; signature: string; body: string };

const accessOf = ({ workspaceId, slug }: Context, number: number): ToolAccess => ({
  address: `${publicOrigin()}/api/responses/${slug}`,
  secret: toolSecret(workspaceId, number),
});

/** The address and secret for outside survey tools. */
export async function getToolAccess(ctx: Context): Promise<ToolAccess> {
  requirePermission(ctx, "keys.manage");
  return accessOf(ctx, (await surveySettings(ctx)).secretNumber);
}

/** Makes a new secret; the one before opens nothing from then on. */
export async function renewToolSecret(ctx: Context): Promise<ToolAccess> {
  requirePermission(ctx, "keys.manage");
  return transaction(ctx, async (ctx) => {
    const [row] = await ctx.db.$queryRaw<{ number: number }[]>`
      insert into survey_settings as s (workspace_id, secret_number) values (${ctx.workspaceId}::uuid, 2)
      on conflict (workspace_id) do update set secret_number = s.secret_number + 1 returning secret_number as number`;
    record(ctx, "survey.secret_renewed", { subject: `workspace:${ctx.workspaceId}` });
    return accessOf(ctx, row?.number ?? 2);
  });
}

async function interactionOf(ctx: Context, { interactionId, interaction }: ToolResponse): Promise<string> {
  if (interactionId) return interactionId;
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from interactions where workspace_id = ${ctx.workspaceId}::uuid and source_system = ${interaction?.sourceSystem ?? ""}
      and external_id = ${interaction?.externalId ?? ""}`;
  if (!row) throw new AppError("not_found", "interaction");
  return row.id;
}

/** A workspace that is not there and a wrong signature are the same refusal. */
async function contextOfTool({ slug, ...request }: ToolRequest, now: Date): Promise<Context> {
  const refused = new AppError("unauthenticated", "signature");
  const found = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!found) throw refused;
  const ctx = await systemContext(found.id, { now, roles: [] });
  const { secretNumber } = await inWorkspace(found.id, () => surveySettings(ctx));
  if (!isSignedByTool(toolSecret(found.id, secretNumber), request, now)) throw refused;
  return ctx;
}

/**
 * Takes an answer from an outside survey tool, signed with the workspace's secret within the last five minutes. The same
 * `externalId` sent again is the same response; with other words it is a `conflict`.
 */
export async function takeToolResponse(request: ToolRequest, now = new Date()): Promise<ResponseReceipt> {
  const ctx = await contextOfTool(request, now);
  const input = ToolResponse.safeParse(readBody(request.body));
  if (!input.success) {
    const { fields } = invalidInput(input.error);
    throw new AppError("invalid", "input", fields ? { fields } : {});
  }
  return inWorkspace(ctx.workspaceId, async () => {
    const { interactionId: _id, interaction: _ref, ...said } = input.data;
    const interactionId = await interactionOf(ctx, input.data);
    return writeResponse(ctx, { ...said, interactionId, source: "tool", sourceSystem: "tool" });
  });
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "body");
  }
}
