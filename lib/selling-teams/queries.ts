import { canAs, requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { listPeople } from "../members/options";
import type { SellerOption, SellingTeamView } from "./schema";

/** Who sells to a customer together, who coordinates first; nobody while no team was named. Whoever calls it saw to it that she may be seen. */
export async function readSellingTeam(ctx: Context, customerId: string): Promise<SellingTeamView> {
  const w = ctx.workspaceId;
  const rows = await ctx.db.$queryRaw<(SellingTeamView["members"][number] & { version: number })[]>`
    select m.id, m.name, t.coordinator_id = m.id as "isCoordinator", t.version
    from selling_teams t join selling_team_members s on s.workspace_id = ${w}::uuid and s.customer_id = t.customer_id
    join members m on m.workspace_id = ${w}::uuid and m.id = s.member_id
    where t.workspace_id = ${w}::uuid and t.customer_id = ${customerId}::uuid order by t.coordinator_id <> m.id, m.name, m.id limit 50`;
  return { version: rows[0]?.version ?? 0, members: rows.map(({ version: _version, ...member }) => member) };
}

/** The selling team of a customer whom the reader may see. */
export async function getSellingTeam(ctx: Context, { id }: { id: string }): Promise<SellingTeamView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "customer");
  await requireVisibleCustomer(ctx, id);
  return readSellingTeam(ctx, id);
}

/** Everybody active who may sell, by name; at most 200. */
export async function listSellers(ctx: Context): Promise<{ sellers: SellerOption[] }> {
  const { people } = await listPeople(ctx);
  const sellers = people.filter(({ roles }) => canAs(roles.filter(isRole), "proposals.present", "yes"));
  return { sellers: sellers.map(({ id, name }) => ({ id, name })) };
}
