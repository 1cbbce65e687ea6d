import { Prisma } from "../generated/prisma/client";

/** The head of a record's account: its parent, or itself. An SQL expression; two levels, so one look is enough. */
export function headOf(w: Prisma.Sql, customerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((select h.parent_id from account_parents h where h.workspace_id = ${w} and h.customer_id = ${customerId}), ${customerId})`;
}

/** A query of the ids of the records that may be the same customer and nobody decided about (DOMAIN D2). */
export function lookalikesOf(w: Prisma.Sql, customerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`select d.second_id from duplicate_pairs d where d.workspace_id = ${w} and d.first_id = ${customerId} and d.state = 'open'
    union all select d.first_id from duplicate_pairs d where d.workspace_id = ${w} and d.second_id = ${customerId} and d.state = 'open'`;
}

/** A query of the ids of every record of the account that a record belongs to, itself among them (DOMAIN D2). */
export function treeOf(w: Prisma.Sql, customerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`select ${headOf(w, customerId)} union all
    select a.customer_id from account_parents a where a.workspace_id = ${w} and a.parent_id = ${headOf(w, customerId)}`;
}
