import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { requireVisibleCustomer, visibleJourneys } from "../journeys/visibility";
import type { AccountView } from "./schema";
import { headOf, treeOf } from "./tree";

type Row = { id: string; name: string; isHead: boolean; isSeen: boolean };

/** The account that a record belongs to and what else is part of it, at most 50. Whoever calls it saw to it that the record may be seen. */
export async function readAccount(ctx: Context, customerId: string): Promise<AccountView> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const id = Prisma.sql`${customerId}::uuid`;
  const [rows, own] = await Promise.all([
    ctx.db.$queryRaw<Row[]>`
      select c.id, c.name, c.id = ${headOf(w, id)} as "isHead",
        exists (select from journeys j where j.workspace_id = ${w} and j.customer_id = c.id and ${visibleJourneys(ctx)}) as "isSeen"
      from customers c where c.workspace_id = ${w} and c.id = any(array(${treeOf(w, id)})) and c.id <> ${id} order by c.name, c.id limit 50`,
    ctx.db.accountParent.findFirst({ where: { workspaceId: ctx.workspaceId, customerId }, select: { version: true } }),
  ]);
  const parts = rows.map(({ isHead, isSeen, id, name }) => ({
    isHead,
    part: isSeen ? { id, name } : { id: null, name: null },
  }));
  return {
    version: own?.version ?? 0,
    parent: parts.find(({ isHead }) => isHead)?.part ?? null,
    others: parts.filter(({ isHead }) => !isHead).map(({ part }) => part),
  };
}

/** The account of a record that the reader may see. */
export async function getAccount(ctx: Context, { id }: { id: string }): Promise<AccountView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "customer");
  await requireVisibleCustomer(ctx, id);
  return readAccount(ctx, id);
}
