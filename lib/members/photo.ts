import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { maxPhotoBytes, type PhotoType, photoTypes, pictureTypeOf } from "./picture";

const refuse = (reason: string) => new AppError("invalid", "input", { fields: { photo: reason } });

function requireSelf(ctx: Context): string {
  requirePermission(ctx, "views.use");
  if (!ctx.memberId) throw new AppError("forbidden", "members_only");
  return ctx.memberId;
}

/** Puts another photo, or none, in the place of the one she had; the file before goes with it. */
async function replacePhoto(ctx: Context, memberId: string, photoId: string | null): Promise<void> {
  const { workspaceId } = ctx;
  const before = await ctx.db.member.findFirst({ where: { workspaceId, id: memberId }, select: { photoId: true } });
  if (!before) throw new AppError("not_found", "member");
  await ctx.db.member.updateMany({
    where: { workspaceId, id: memberId },
    data: { photoId, version: { increment: 1 } },
  });
  if (before.photoId) await ctx.db.file.deleteMany({ where: { workspaceId, id: before.photoId } });
  record(ctx, photoId ? "member.photo_set" : "member.photo_removed", { subject: `member:${memberId}` });
}

/**
 * Keeps one's own photo, seen by colleagues and on the pages of one's customers. `invalid` names the field `photo`: `empty`,
 * `photo_too_large` above one megabyte, `no_picture` when its content is neither PNG, JPEG nor WebP.
 */
export async function setPhoto(
  ctx: Context,
  file: { name: string; content: Uint8Array },
): Promise<{ photoId: string }> {
  const memberId = requireSelf(ctx);
  const { content } = file;
  if (content.length === 0) throw refuse("empty");
  if (content.length > maxPhotoBytes) throw refuse("photo_too_large");
  const mediaType = pictureTypeOf(content);
  if (!mediaType) throw refuse("no_picture");
  return transaction(ctx, async (ctx) => {
    const id = newId();
    const name = `photo.${mediaType.slice("image/".length)}`;
    const { workspaceId, now: createdAt } = ctx;
    await ctx.db.file.create({
      data: { workspaceId, id, name, mediaType, content: new Uint8Array(content), createdAt },
    });
    await replacePhoto(ctx, memberId, id);
    return { photoId: id };
  });
}

/** Takes one's own photo away; initials stand in its place. */
export async function removePhoto(ctx: Context): Promise<void> {
  const memberId = requireSelf(ctx);
  await transaction(ctx, (ctx) => replacePhoto(ctx, memberId, null));
}

/** What a member is shown about herself. */
export async function getProfile(ctx: Context): Promise<{ id: string; name: string; photoId: string | null }> {
  const id = requireSelf(ctx);
  const member = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id },
    select: { name: true, photoId: true },
  });
  if (!member) throw new AppError("not_found", "member");
  return { id, ...member };
}

/** The photo of a colleague. `not_found` when she is not here or has none. */
export async function getPhoto(ctx: Context, memberId: string): Promise<{ mediaType: PhotoType; content: Uint8Array }> {
  requirePermission(ctx, "views.use");
  if (!isId(memberId)) throw new AppError("not_found", "photo");
  const rows = await ctx.db.$queryRaw<{ media_type: string; content: Uint8Array }[]>`
    select f.media_type, f.content from members m join files f on f.workspace_id = m.workspace_id and f.id = m.photo_id
    where m.workspace_id = ${ctx.workspaceId}::uuid and m.id = ${memberId}::uuid`;
  const mediaType = photoTypes.find((type) => type === rows[0]?.media_type);
  if (!rows[0] || !mediaType) throw new AppError("not_found", "photo");
  return { mediaType, content: rows[0].content };
}
