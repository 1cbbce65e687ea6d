import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { StandardVersion } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { readCriteria } from "./queries";
import { lintStandard, planEdit, planPublish } from "./rules";
import {
  type CreateStandard,
  CriterionInput,
  type PublishDraft,
  type SaveDraft,
  type StandardKey,
  standardMedia,
} from "./schema";

async function loadVersion(ctx: Context, id: string): Promise<StandardVersion> {
  const version = await ctx.db.standardVersion.findFirst({ where: { workspaceId: ctx.workspaceId, id } });
  if (!version) throw new AppError("not_found", "standard_version");
  return version;
}

/** A standard that is still in use; whoever ended it begins a new one. */
async function requireInUse(ctx: Context, id: string): Promise<void> {
  const standard = await ctx.db.standard.findFirst({ where: { workspaceId: ctx.workspaceId, id } });
  if (!standard) throw new AppError("not_found", "standard");
  if (standard.retiredAt) throw new AppError("refused", "standard_retired");
}

async function insertCriteria(ctx: Context, versionId: string, criteria: readonly CriterionInput[]): Promise<void> {
  const { workspaceId } = ctx;
  const rows = criteria.map((criterion, position) => ({ ...criterion, id: newId(), versionId, position }));
  await ctx.db.standardCriterion.createMany({ data: rows.map((row) => ({ ...row, workspaceId })) });
}

/** The criteria as they are edited, without what only the reader wants. */
async function copyOf(ctx: Context, versionId: string): Promise<CriterionInput[]> {
  const views = await readCriteria(ctx, versionId);
  return views.map(({ id: _, momentName: __, momentNameHe: ___, ...criterion }) => CriterionInput.parse(criterion));
}

/** Begins the standard of a medium, or of a medium and a type of interaction, with an empty draft. Throws `conflict` `duplicate`. */
export async function createStandard(ctx: Context, input: CreateStandard): Promise<{ id: string; draftId: string }> {
  requirePermission(ctx, "standards.edit");
  const { medium, interactionType } = input;
  if (!standardMedia.some((each) => each === medium))
    throw new AppError("invalid", "input", { fields: { medium: "no_conversation" } });
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const known = await ctx.db.standard.findFirst({ where: { workspaceId, medium, interactionType, retiredAt: null } });
    if (known) throw new AppError("conflict", "duplicate", { current: { id: known.id } });
    const id = newId();
    const draftId = newId();
    await ctx.db.standard.create({ data: { workspaceId, id, medium, interactionType, createdAt: ctx.now } });
    await ctx.db.standardVersion.create({
      data: { workspaceId, id: draftId, standardId: id, number: 1, createdAt: ctx.now },
    });
    record(ctx, "standard.created", { subject: `standard:${id}`, detail: input });
    return { id, draftId };
  });
}

/** Begins a draft as a copy of the newest version. Throws `conflict` `draft_exists` with the draft's id. */
export async function draftStandard(
  ctx: Context,
  { id: standardId }: StandardKey,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await requireInUse(ctx, standardId);
    const source = await ctx.db.standardVersion.findFirst({
      where: { workspaceId, standardId },
      orderBy: { number: "desc" },
    });
    if (!source) throw new AppError("not_found", "standard");
    if (source.status === "draft") throw new AppError("conflict", "draft_exists", { current: { id: source.id } });
    const { passMark, number } = source;
    const id = newId();
    await ctx.db.standardVersion.create({
      data: { workspaceId, id, standardId, number: number + 1, passMark, createdAt: ctx.now },
    });
    await insertCriteria(ctx, id, await copyOf(ctx, source.id));
    record(ctx, "standard.drafted", { subject: `standard_version:${id}`, detail: { standardId, fromId: source.id } });
    return { id, version: 1 };
  });
}

async function requireMoments(ctx: Context, criteria: readonly CriterionInput[]): Promise<void> {
  const wanted = [...new Set(criteria.flatMap(({ momentId }) => momentId ?? []))];
  const known = await ctx.db.definingMoment.count({ where: { workspaceId: ctx.workspaceId, id: { in: wanted } } });
  if (known !== wanted.length) throw new AppError("not_found", "moment");
}

/** Saves a draft as a whole, complete or not. Throws `refused` for a published version, `conflict` on a stale one. */
export async function saveStandardDraft(ctx: Context, input: SaveDraft): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  const { id, version, passMark, criteria } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const standing = await loadVersion(ctx, id);
    enforce(planEdit(standing.status));
    await requireMoments(ctx, criteria);
    const { count } = await ctx.db.standardVersion.updateMany({
      where: { workspaceId, id, version, status: "draft" },
      data: { passMark, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: standing.version } });
    const before = await copyOf(ctx, id);
    await ctx.db.standardCriterion.deleteMany({ where: { workspaceId, versionId: id } });
    await insertCriteria(ctx, id, criteria);
    record(ctx, "standard.saved", {
      subject: `standard_version:${id}`,
      detail: { before: { passMark: standing.passMark, criteria: before }, after: { passMark, criteria } },
    });
    return { id, version: version + 1 };
  });
}

/**
 * Publishes a draft: interactions that begin from its date on are judged by it, earlier ones stay as they were judged.
 * From then on the version never changes. Throws `refused` with what the draft lacks, or for a date in the past.
 */
export async function publishStandard(
  ctx: Context,
  input: PublishDraft,
): Promise<{ id: string; number: number; effectiveFrom: string }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const draft = await loadVersion(ctx, input.id);
    const { standardId, number, status, passMark } = draft;
    await requireInUse(ctx, standardId);
    const { _max } = await ctx.db.standardVersion.aggregate({
      where: { workspaceId, standardId, status: "published" },
      _max: { effectiveFrom: true },
    });
    const issues = lintStandard({ passMark, criteria: await copyOf(ctx, draft.id) });
    const { effectiveFrom } = enforce(
      planPublish({ status, issues }, input.effectiveFrom, _max.effectiveFrom, ctx.now),
    );
    const { count } = await ctx.db.standardVersion.updateMany({
      where: { workspaceId, id: draft.id, version: input.version, status: "draft" },
      data: {
        status: "published",
        effectiveFrom,
        publishedAt: ctx.now,
        publishedById: ctx.memberId,
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: draft.version } });
    record(ctx, "standard.published", {
      subject: `standard_version:${draft.id}`,
      detail: { standardId, number, effectiveFrom },
      data: { number },
    });
    return { id: draft.id, number, effectiveFrom: effectiveFrom.toISOString() };
  });
}

/** Throws a draft away. Throws `refused` for what was published: interactions were judged by it. */
export async function discardStandardDraft(ctx: Context, { id }: StandardKey): Promise<void> {
  requirePermission(ctx, "standards.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const draft = await loadVersion(ctx, id);
    enforce(planEdit(draft.status));
    const { standardId, number } = draft;
    await ctx.db.standardCriterion.deleteMany({ where: { workspaceId, versionId: id } });
    await ctx.db.standardVersion.deleteMany({ where: { workspaceId, id, status: "draft" } });
    const others = await ctx.db.standardVersion.count({ where: { workspaceId, standardId } });
    if (others === 0) await ctx.db.standard.deleteMany({ where: { workspaceId, id: standardId } });
    record(ctx, "standard.discarded", { subject: `standard_version:${id}`, detail: { standardId, number } });
  });
}

/** Ends a standard: interactions that begin from now on are judged by that of the medium alone, or by none. */
export async function retireStandard(ctx: Context, { id }: StandardKey): Promise<void> {
  requirePermission(ctx, "standards.edit");
  await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.standard.updateMany({
      where: { workspaceId: ctx.workspaceId, id, retiredAt: null },
      data: { retiredAt: ctx.now },
    });
    if (count === 0) throw new AppError("not_found", "standard");
    record(ctx, "standard.retired", { subject: `standard:${id}` });
  });
}
