import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import type { NotesKey, NoteView, WriteNote } from "./schema";

/** Who reads: a member at her own screen. A key, the worker and the customer never do, whoever they act for. */
function readerOf(ctx: Context): string {
  if (ctx.actor.kind !== "member" || !ctx.memberId) throw new AppError("not_found", "assignment");
  return ctx.memberId;
}

/**
 * The notes between coach and coachee of one assignment, oldest first, for these two alone: to everybody else, managers and
 * administrators too, the assignment has no notes and answers `not_found`.
 */
export async function listNotes(ctx: Context, { assignmentId }: NotesKey): Promise<NoteView[]> {
  requirePermission(ctx, "views.use");
  const me = readerOf(ctx);
  const [pair] = await ctx.db.$queryRaw<unknown[]>`
    select 1 from enablement_assignments a where a.workspace_id = ${ctx.workspaceId}::uuid and a.id = ${assignmentId}::uuid
      and ${me}::uuid in (a.coach_id, a.member_id)`;
  if (!pair) throw new AppError("not_found", "assignment");
  const rows = await ctx.db.$queryRaw<(Omit<NoteView, "createdAt"> & { createdAt: Date })[]>`
    select n.id, m.name as "authorName", n.author_id = ${me}::uuid as "isMine", n.text, n.created_at as "createdAt"
    from coaching_notes n join members m on m.workspace_id = n.workspace_id and m.id = n.author_id
    where n.workspace_id = ${ctx.workspaceId}::uuid and n.assignment_id = ${assignmentId}::uuid
      and ${me}::uuid in (n.coach_id, n.coachee_id)
    order by n.created_at, n.id limit 200`;
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Writes a note that coach and coachee read; the record of it says that there is one, never what it says. */
export async function writeNote(ctx: Context, { assignmentId, text }: WriteNote): Promise<{ id: string }> {
  requirePermission(ctx, "views.use");
  const me = readerOf(ctx);
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const [pair] = await ctx.db.$queryRaw<{ coachId: string; coacheeId: string; item: string }[]>`
      select a.coach_id as "coachId", a.member_id as "coacheeId", e.name as item from enablement_assignments a
      join enablement_items e on e.workspace_id = a.workspace_id and e.id = a.item_id
      where a.workspace_id = ${workspaceId}::uuid and a.id = ${assignmentId}::uuid and a.coach_id is not null
        and ${me}::uuid in (a.coach_id, a.member_id)`;
    if (!pair) throw new AppError("not_found", "assignment");
    const { item, ...both } = pair;
    const id = newId();
    const note = { workspaceId, id, assignmentId, ...both, authorId: me, text, createdAt: ctx.now };
    await insertRows(ctx, "coaching_notes", [note]);
    await notify(ctx, [both.coachId, both.coacheeId], "coaching_note", null, { item });
    record(ctx, "coaching.noted", { subject: `coaching_note:${id}`, detail: { assignmentId } });
    return { id };
  });
}
