import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { JourneyTemplate, Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { listTemplateSpokes, readStages } from "./queries";
import { lintTemplate, planDefault, planEdit, planPublish } from "./rules";
import type { CreateDraft, PublishTemplate, StageInput, TemplateKey, UpdateDraft } from "./schema";

async function loadTemplate(ctx: Context, id: string): Promise<JourneyTemplate> {
  const template = await ctx.db.journeyTemplate.findFirst({ where: { workspaceId: ctx.workspaceId, id } });
  if (!template) throw new AppError("not_found", "template");
  return template;
}

type StageRow = Omit<Prisma.StageCreateManyInput, "workspaceId">;

function stageRows(templateId: string, stages: readonly StageInput[]): StageRow[] {
  return stages.map((stage, position) => ({
    id: newId(),
    templateId,
    position,
    key: stage.key,
    name: stage.name,
    spokeId: stage.spokeId,
    phase: stage.phase,
    entryStatus: stage.entryStatus,
    dwellP50Days: stage.dwellP50Days,
    dwellP80Days: stage.dwellP80Days,
    silenceDays: stage.silenceDays,
    allowedNext: stage.allowedNext,
    requiredFields: stage.requiredFields,
    touchpoints: stage.touchpoints as unknown as Prisma.InputJsonArray,
  }));
}

async function nextNumber(ctx: Context, key: string): Promise<number> {
  const { _max } = await ctx.db.journeyTemplate.aggregate({
    where: { workspaceId: ctx.workspaceId, key },
    _max: { number: true },
  });
  return (_max.number ?? 0) + 1;
}

/**
 * Begins a draft as a copy of a version, with the next number; with a key of its own it begins a template of its own.
 * Throws `conflict` `draft_exists` (the draft's id is its `current`) when the template has one, `key_taken` for a key in use.
 */
export async function createDraft(ctx: Context, input: CreateDraft): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "templates.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const source = await loadTemplate(ctx, input.fromId);
    const key = input.key ?? source.key;
    const draft = await ctx.db.journeyTemplate.findFirst({
      where: { workspaceId, key, ...(input.key === undefined ? { status: "draft" } : {}) },
      select: { id: true },
    });
    if (draft) {
      throw new AppError("conflict", input.key === undefined ? "draft_exists" : "key_taken", {
        current: { id: draft.id },
      });
    }
    const id = newId();
    const number = await nextNumber(ctx, key);
    const name = input.name ?? source.name;
    await ctx.db.journeyTemplate.create({ data: { workspaceId, id, key, name, number, createdAt: ctx.now } });
    const rows = stageRows(id, await readStages(ctx, source.id));
    await ctx.db.stage.createMany({ data: rows.map((row) => ({ ...row, workspaceId })) });
    record(ctx, "template.drafted", {
      subject: `journey_template:${id}`,
      detail: { fromId: source.id, key, name, number },
    });
    return { id, version: 1 };
  });
}

async function bump(
  ctx: Context,
  template: JourneyTemplate,
  version: number,
  data: Prisma.JourneyTemplateUpdateManyMutationInput,
) {
  const { count } = await ctx.db.journeyTemplate.updateMany({
    where: { workspaceId: ctx.workspaceId, id: template.id, version },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) {
    const { name, version: current, status } = await loadTemplate(ctx, template.id);
    throw new AppError("conflict", "version", { current: { version: current, name, status } });
  }
}

/** Only departments of this workspace that are in use; another workspace's id is answered like one that never was. */
async function requireSpokes(ctx: Context, stages: readonly StageInput[]): Promise<void> {
  const wanted = [...new Set(stages.map(({ spokeId }) => spokeId))];
  const known = await ctx.db.spoke.count({ where: { workspaceId: ctx.workspaceId, id: { in: wanted } } });
  if (known !== wanted.length) throw new AppError("not_found", "spoke");
}

/** Saves a draft as a whole, incomplete or not. Throws `refused` for a published version, `conflict` on a stale one. */
export async function updateDraft(ctx: Context, input: UpdateDraft): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "templates.edit");
  const keys = input.stages.map(({ key }) => key);
  const repeated = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (repeated >= 0) throw new AppError("invalid", "input", { fields: { [`stages.${repeated}.key`]: "key_taken" } });
  return transaction(ctx, async (ctx) => {
    const template = await loadTemplate(ctx, input.id);
    enforce(planEdit(template.status));
    await requireSpokes(ctx, input.stages);
    await bump(ctx, template, input.version, { name: input.name });
    const before = await readStages(ctx, template.id);
    await ctx.db.stage.deleteMany({ where: { workspaceId: ctx.workspaceId, templateId: template.id } });
    const rows = stageRows(template.id, input.stages);
    await ctx.db.stage.createMany({ data: rows.map((row) => ({ ...row, workspaceId: ctx.workspaceId })) });
    record(ctx, "template.saved", {
      subject: `journey_template:${template.id}`,
      detail: {
        before: { name: template.name, stages: before.map(({ key }) => key) },
        after: { name: input.name, stages: keys },
      },
    });
    return { id: template.id, version: input.version + 1 };
  });
}

/**
 * Publishes a draft: journeys that start from now on run on it, running ones keep the version they started on, and the
 * version before it stays readable. It becomes the default when that was. Throws `refused` with what the draft still lacks.
 */
export async function publishTemplate(ctx: Context, input: PublishTemplate): Promise<{ id: string; number: number }> {
  requirePermission(ctx, "templates.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const template = await loadTemplate(ctx, input.id);
    const issues = lintTemplate(
      { name: template.name, stages: await readStages(ctx, template.id) },
      await listTemplateSpokes(ctx),
    );
    const { status } = enforce(planPublish(template.status, issues));
    const before = await ctx.db.journeyTemplate.findFirst({
      where: { workspaceId, key: template.key, status: "published" },
    });
    if (before) {
      await ctx.db.journeyTemplate.updateMany({
        where: { workspaceId, id: before.id },
        data: { status: "archived", isDefault: false, version: { increment: 1 } },
      });
    }
    await bump(ctx, template, input.version, {
      status,
      isDefault: before?.isDefault ?? false,
      publishedAt: ctx.now,
      publishedById: ctx.memberId,
    });
    record(ctx, "template.published", {
      subject: `journey_template:${template.id}`,
      detail: { key: template.key, number: template.number, replaces: before?.id ?? null },
      data: { number: template.number },
    });
    return { id: template.id, number: template.number };
  });
}

/** Throws a draft away. Throws `refused` for what was published: journeys stand on it. */
export async function discardDraft(ctx: Context, { id }: TemplateKey): Promise<void> {
  requirePermission(ctx, "templates.edit");
  await transaction(ctx, async (ctx) => {
    const template = await loadTemplate(ctx, id);
    enforce(planEdit(template.status));
    await ctx.db.stage.deleteMany({ where: { workspaceId: ctx.workspaceId, templateId: id } });
    await ctx.db.journeyTemplate.deleteMany({ where: { workspaceId: ctx.workspaceId, id, status: "draft" } });
    record(ctx, "template.discarded", {
      subject: `journey_template:${id}`,
      detail: { key: template.key, name: template.name, number: template.number },
    });
  });
}

/** Makes a published version the one that arrivals start on when nobody names another. */
export async function makeDefaultTemplate(ctx: Context, { id }: TemplateKey): Promise<void> {
  requirePermission(ctx, "templates.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const template = await loadTemplate(ctx, id);
    const change = enforce(planDefault(template.status));
    await ctx.db.journeyTemplate.updateMany({
      where: { workspaceId, isDefault: true },
      data: { isDefault: false, version: { increment: 1 } },
    });
    await ctx.db.journeyTemplate.updateMany({
      where: { workspaceId, id },
      data: { ...change, version: { increment: 1 } },
    });
    record(ctx, "template.made_default", { subject: `journey_template:${id}`, detail: { name: template.name } });
  });
}
