import { systemContext } from "../auth/context";
import type { Role } from "../auth/roles";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { defaultTemplates } from "../journeys/default-templates";
import type { TemplateDraft } from "../journeys/template-draft";
import { record, transaction } from "../transaction";
import { defaultHours, defaultSpokes } from "./defaults";

export type CreateWorkspace = {
  slug: string;
  name: string;
  timeZone?: string;
  locale?: string;
  currency?: string;
  region?: string;
  isDemo?: boolean;
  owner: { email: string; name: string };
};

/** Whoever creates a workspace is all three (DOMAIN section 4). */
const founderRoles: Role[] = ["owner", "admin", "manager"];

async function insertTemplate(
  ctx: Context,
  draft: TemplateDraft,
  spokeIds: Map<string, string>,
  isDefault: boolean,
): Promise<void> {
  const { workspaceId } = ctx;
  const templateId = newId();
  await ctx.db.journeyTemplate.create({
    data: {
      workspaceId,
      id: templateId,
      key: draft.key,
      name: draft.name,
      number: 1,
      status: "published",
      isDefault,
      publishedAt: ctx.now,
    },
  });
  await ctx.db.stage.createMany({
    data: draft.stages.map(({ spoke, ...stage }, position) => ({
      ...stage,
      workspaceId,
      id: newId(),
      templateId,
      position,
      spokeId: spokeIds.get(spoke) ?? "",
    })),
  });
}

async function furnish(ctx: Context, input: CreateWorkspace, timeZone: string): Promise<string> {
  const { workspaceId } = ctx;
  const spokeIds = new Map<string, string>(defaultSpokes.map(({ key }) => [key, newId()]));
  await ctx.db.spoke.createMany({
    data: defaultSpokes.map((spoke) => ({ ...spoke, workspaceId, id: spokeIds.get(spoke.key) ?? "" })),
  });
  const calendarId = newId();
  await ctx.db.calendar.create({
    data: { workspaceId, id: calendarId, name: "Office hours", timeZone, hours: defaultHours(timeZone) },
  });
  const ownerMemberId = newId();
  await ctx.db.member.create({
    data: {
      workspaceId,
      id: ownerMemberId,
      name: input.owner.name,
      email: input.owner.email.toLowerCase(),
      roles: founderRoles,
      spokeId: spokeIds.get("osc") ?? null,
      status: "invited",
    },
  });
  await ctx.db.workspaceSettings.create({
    data: {
      workspaceId,
      coverageLeadId: ownerMemberId,
      calendarId,
      region: input.region ?? (timeZone === "Asia/Jerusalem" ? "IL" : "US"),
    },
  });
  for (const [index, draft] of defaultTemplates.entries()) await insertTemplate(ctx, draft, spokeIds, index === 0);
  await ctx.db.$queryRaw`select app.seed_standards(${workspaceId}::uuid)::text as seeded`;
  await ctx.db.$queryRaw`select app.seed_codebook(${workspaceId}::uuid)::text as seeded`;
  record(ctx, "workspace.created", {
    subject: `workspace:${workspaceId}`,
    detail: { slug: input.slug, name: input.name },
  });
  return ownerMemberId;
}

/**
 * Makes a workspace with its spokes, office hours, the three default templates, the first standards and its owner as an invited member,
 * who also leads the coverage group until another is named. Throws `conflict` `slug_taken`.
 */
export async function createWorkspace(input: CreateWorkspace): Promise<{ workspaceId: string; ownerMemberId: string }> {
  const workspaceId = newId();
  const timeZone = input.timeZone ?? "America/New_York";
  const taken = await asUser(null, (db) =>
    db.workspace.findUnique({ where: { slug: input.slug }, select: { id: true } }),
  );
  if (taken) throw new AppError("conflict", "slug_taken");
  await asUser(null, (db) =>
    db.workspace.create({
      data: {
        id: workspaceId,
        slug: input.slug,
        name: input.name,
        timeZone,
        locale: input.locale ?? "en",
        currency: input.currency ?? "USD",
        isDemo: input.isDemo ?? false,
      },
    }),
  );
  const ctx = await systemContext(workspaceId);
  const ownerMemberId = await inWorkspace(workspaceId, () =>
    transaction(ctx, (inner) => furnish(inner, input, timeZone)),
  );
  return { workspaceId, ownerMemberId };
}
