import type { Context } from "@/lib/context";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Lead } from "@/lib/imports/lead";

type ByExternalId = { source_system: string; external_id: string; customer_id: string };
type ByContact = { kind: string; value: string; customer_id: string };

/**
 * For each lead the customer she already is, or null: by outside id, else by e-mail, else by phone. A merged customer
 * is who she became.
 */
export async function findKnown(ctx: Context, leads: readonly Lead[]): Promise<(string | null)[]> {
  const [byExternalId, byContact] = [await findByExternalId(ctx, leads), await findByContact(ctx, leads)];
  return leads.map((lead) => {
    const outside = lead.externalId ? byExternalId.get(`${lead.sourceSystem}:${lead.externalId}`) : undefined;
    const email = lead.emails.map((value) => byContact.get(`email:${value}`)).find(Boolean);
    const phone = lead.phones.map(({ e164 }) => byContact.get(`phone:${e164}`)).find(Boolean);
    return outside ?? email ?? phone ?? null;
  });
}

async function findByExternalId(ctx: Context, leads: readonly Lead[]): Promise<Map<string, string>> {
  const wanted = leads.flatMap(({ externalId }) => externalId ?? []);
  if (wanted.length === 0) return new Map();
  const systems = [...new Set(leads.flatMap(({ sourceSystem }) => sourceSystem ?? []))];
  const rows = await ctx.db.$queryRaw<ByExternalId[]>(Prisma.sql`
    select source_system, external_id, coalesce(merged_into_id, id) as customer_id from customers
    where workspace_id = ${ctx.workspaceId}::uuid and source_system = any(${systems}) and external_id = any(${wanted})`);
  return new Map(rows.map((row) => [`${row.source_system}:${row.external_id}`, row.customer_id]));
}

async function findByContact(ctx: Context, leads: readonly Lead[]): Promise<Map<string, string>> {
  const emails = leads.flatMap((lead) => lead.emails);
  const phones = leads.flatMap((lead) => lead.phones.map(({ e164 }) => e164));
  if (emails.length + phones.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<ByContact[]>(Prisma.sql`
    select p.kind, p.value, c.id as customer_id from contact_points p
    join customers c on c.workspace_id = p.workspace_id and c.id = p.customer_id
      and c.merged_into_id is null and c.deleted_at is null
    where p.workspace_id = ${ctx.workspaceId}::uuid
      and ((p.kind = 'email' and p.value = any(${emails})) or (p.kind = 'phone' and p.value = any(${phones})))
    order by c.created_at desc, c.id desc`);
  // The oldest customer comes last and wins.
  return new Map(rows.map((row) => [`${row.kind}:${row.value}`, row.customer_id]));
}
