import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { completenessOf, countedItems, isPresent, type PacketKey, packetDefinitions, packetKeys } from "./packet";
import type { PacketItemView, PacketView } from "./schema";

type Written = {
  key: string;
  text: string;
  isApplicable: boolean;
  filledByName: string | null;
  filledAt: string;
  version: number;
};

type Row = {
  customerId: string;
  customerName: string;
  journeyId: string;
  stageName: string;
  accountableSpokeId: string;
  oscName: string;
  locale: string;
  promises: string[];
  consents: string[];
  written: Written[];
  reasked: Record<string, number>;
  owners: Record<string, string>;
};

/** What the customer and her journey tell by themselves, at most a hundred of each. */
async function readRow(ctx: Context, journeyId: string): Promise<Row | undefined> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select j.customer_id as "customerId", c.name as "customerName", j.id as "journeyId", s.name as "stageName",
      j.accountable_spoke_id as "accountableSpokeId", o.name as "oscName", c.locale,
      (select coalesce(json_agg(x.text order by x.due_at, x.id), '[]') from (select p.id, p.text, p.due_at from promises p
        where p.workspace_id = ${w} and p.journey_id = j.id order by p.due_at, p.id limit 100) x) as promises,
      (select coalesce(json_agg(x.medium || ' ' || x.purpose order by x.medium, x.purpose), '[]') from (
        select medium, purpose from (select distinct on (k.person_id, k.medium, k.purpose) k.medium, k.purpose, k.state from consents k
          join persons r on r.workspace_id = ${w} and r.id = k.person_id and r.customer_id = j.customer_id
          where k.workspace_id = ${w} order by k.person_id, k.medium, k.purpose, k.at desc, (k.state = 'revoked') desc) latest
        where state = 'granted' group by medium, purpose limit 100) x) as consents,
      (select coalesce(json_agg(json_build_object('key', i.key, 'text', i.text, 'isApplicable', i.is_applicable, 'filledByName', b.name,
        'filledAt', app.iso(i.filled_at), 'version', i.version)), '[]') from packet_items i
        left join members b on b.workspace_id = ${w} and b.id = i.filled_by_id
        where i.workspace_id = ${w} and i.journey_id = j.id) as written,
      (select coalesce(json_object_agg(x.key, x.times), '{}') from (select r.key, count(*)::int as times from handoffs h
        join packet_reasks r on r.workspace_id = ${w} and r.handoff_id = h.id where h.workspace_id = ${w} and h.journey_id = j.id group by r.key) x) as reasked,
      (select coalesce(json_object_agg(x.key, x.name), '{}') from (select distinct on (d.key) d.key, g.name from stages g
        join spokes d on d.workspace_id = ${w} and d.id = g.spoke_id
        where g.workspace_id = ${w} and g.template_id = j.template_id order by d.key, g.position) x) as owners
    from journeys j
    join customers c on c.workspace_id = ${w} and c.id = j.customer_id
    join stages s on s.workspace_id = ${w} and s.id = j.stage_id
    join members o on o.workspace_id = ${w} and o.id = j.osc_id
    where j.workspace_id = ${w} and j.id = ${journeyId}::uuid`;
  return row;
}

function itemOf(key: PacketKey, row: Row): PacketItemView {
  const known: Partial<Record<PacketKey, string[]>> = {
    promises: row.promises,
    language: [row.locale],
    consents: row.consents,
    osc: [row.oscName],
  };
  const written = row.written.find((each) => each.key === key);
  const fact = {
    key,
    text: written?.text ?? "",
    isApplicable: written?.isApplicable ?? true,
    known: known[key] ?? [],
  };
  const { weight, isMandatory, owner } = packetDefinitions[key];
  return {
    ...fact,
    ...{ weight, isMandatory, isPresent: isPresent(fact) },
    stageName: row.owners[owner] ?? null,
    filledByName: written?.filledByName ?? null,
    filledAt: written?.filledAt ?? null,
    reasked: row.reasked[key] ?? 0,
    version: written?.version ?? 0,
  };
}

/** The packet of a journey as it stands now, whoever asks; undefined when there is no such journey. */
export async function readPacket(ctx: Context, journeyId: string): Promise<PacketView | undefined> {
  const row = await readRow(ctx, journeyId);
  if (!row) return undefined;
  const items = packetKeys.map((key) => itemOf(key, row));
  const { completeness, missing } = completenessOf(countedItems(items));
  const { customerId, customerName, stageName, accountableSpokeId } = row;
  return {
    ...{ customerId, customerName, journeyId, stageName, accountableSpokeId },
    ...{ completeness, missing: missing as PacketKey[], items },
  };
}
