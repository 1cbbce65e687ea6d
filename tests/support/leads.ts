import { databaseTransaction } from "@/lib/db";

/** Journeys whose row in `lead_answers` is not what the journeys, customers, assignments and appointments themselves say. */
export async function wrongLeads(workspaceId: string): Promise<unknown[]> {
  return databaseTransaction(
    workspaceId,
    (db) => db.$queryRaw<unknown[]>`
      with derived as (
        select j.id as journey_id, j.status <> 'pre_lead' and j.status <> 'merged' as is_counted, j.arrived_at, j.first_response_at, b.booked_at,
          j.osc_id, case when trim(c.origin) <> '' then trim(c.origin) else 'unknown' end as origin,
          case when o.n > 1 then o.owners end as owners
        from journeys j join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
        left join (select journey_id, min(set_at) as booked_at from appointments group by 1) b on b.journey_id = j.id
        left join (select journey_id, count(*) as n, string_agg(member_id || '@' || round(extract(epoch from from_at) * 1000), ',' order by from_at) as owners
          from osc_assignments group by 1) o on o.journey_id = j.id
        where j.import_id is null),
      kept as (
        select journey_id, is_counted, arrived_at, first_response_at, booked_at, osc_id, origin,
          (select string_agg((each ->> 'memberId') || '@' || (each ->> 'from'), ',' order by n) from jsonb_array_elements(owners) with ordinality as e (each, n)) as owners
        from lead_answers)
      (select 'missing' as what, d.* from derived d except select 'missing', k.* from kept k)
      union all (select 'too much', k.* from kept k except select 'too much', d.* from derived d)`,
  );
}
