import type pg from "pg";
import { newId } from "../identifiers";
import { createWorkspace } from "../workspaces/setup";
import { copy } from "./copy";
import { makeLoadMoments, seenColumns, seenRows } from "./moments";
import { type Made, made, type Place, random } from "./people";
import { journeyTables, peopleTables } from "./tables";
import { type Answered, answerColumns, answerRows, heardOf } from "./voices";

export type BulkSize = { workspaces: number; customers: number; interactions: number; prefix: string };

export type BulkWorkspace = {
  workspaceId: string;
  slug: string;
  ownerMemberId: string;
  oscIds: string[];
  stageIds: string[];
};

const media = ["phone", "email", "sms", "onsite", "chat"];
const routes = ["inside", "territory", "alliance", "customer success"];

/** Whose contact the n-th one is: 2 % of the customers hold half of all contacts. */
function holderOf(index: number, customers: number, next: () => number): number {
  const busy = Math.max(1, Math.floor(customers / 50));
  return index % 2 === 0 ? Math.floor(next() * busy) : Math.floor(next() * customers);
}

async function fill(client: pg.Client, workspaceId: string, size: BulkSize, place: Place, seed: number): Promise<void> {
  const now = Date.now();
  for (const { name, columns, row } of [...peopleTables(workspaceId), ...journeyTables(workspaceId, place, now)]) {
    await copy(client, name, columns, function* () {
      let index = 0;
      for (const one of made(size.customers, place, seed, now)) yield row(one, index++);
    });
  }
  await fillInteractions(client, workspaceId, size, place, [...made(size.customers, place, seed, now)], seed, now);
}

async function fillInteractions(
  client: pg.Client,
  w: string,
  size: BulkSize,
  place: Place,
  people: Made[],
  seed: number,
  now: number,
): Promise<void> {
  const next = random(seed + 1);
  const voices: Answered[] = [];
  await copy(
    client,
    "interactions",
    "workspace_id, id, customer_id, journey_id, medium, route, type, direction, is_two_way, agent_id, spoke_id, started_at, summary, experience_class",
    function* () {
      for (let index = 0; index < size.interactions; index++) {
        const one = people[holderOf(index, people.length, next)];
        if (!one) continue;
        const at = new Date(one.at.getTime() + next() * Math.max(1, now - one.at.getTime()));
        const isIn = index % 3 === 0;
        const id = newId();
        const heard = heardOf(index);
        if (heard) voices.push({ id, at, ...heard });
        yield [
          w,
          id,
          one.customerId,
          one.journeyId,
          media[index % media.length] ?? "phone",
          routes[Math.floor(index / media.length) % routes.length] ?? null,
          "follow-up",
          isIn ? "inbound" : "outbound",
          index % 2 === 0,
          isIn ? null : (place.oscIds[one.osc] ?? null),
          place.spokeId,
          at,
          "They asked about the next date and got an answer.",
          heard?.class ?? null,
        ];
      }
    },
  );
  await copy(client, "responses", answerColumns, () => answerRows(w, voices));
  const momentIds = await makeLoadMoments(client, w);
  await copy(client, "moment_observations", seenColumns, () => seenRows(w, momentIds, voices));
}

async function placeOf(client: pg.Client, workspaceId: string, ownerMemberId: string): Promise<Place> {
  const oscIds: string[] = [ownerMemberId];
  const spoke = await client.query<{ id: string }>("select id from spokes where workspace_id = $1 and key = 'osc'", [
    workspaceId,
  ]);
  const spokeId = spoke.rows[0]?.id ?? "";
  for (let index = 1; index < 5; index++) {
    const id = newId();
    oscIds.push(id);
    await client.query(
      "insert into members (workspace_id, id, name, roles, spoke_id, status) values ($1, $2, $3, '{osc}', $4, 'active')",
      [workspaceId, id, `OSC ${index}`, spokeId],
    );
  }
  const stages = await client.query<{ id: string; template_id: string }>(
    "select s.id, s.template_id from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id where s.workspace_id = $1 and t.is_default order by s.position offset 1 limit 5",
    [workspaceId],
  );
  return { spokeId, oscIds, stageIds: stages.rows.map(({ id }) => id), templateId: stages.rows[0]?.template_id ?? "" };
}

/**
 * Makes workspaces full of made-up customers by COPY, for load. `client` is connected as a role that may bypass row security and
 * switch triggers off (a superuser); counters are recounted at the end. The same sizes give the same people.
 */
export async function seedInBulk(client: pg.Client, size: BulkSize): Promise<BulkWorkspace[]> {
  const result: BulkWorkspace[] = [];
  for (let index = 0; index < size.workspaces; index++) {
    const slug = size.workspaces === 1 ? size.prefix : `${size.prefix}-${index + 1}`;
    const { workspaceId, ownerMemberId } = await createWorkspace({
      slug,
      name: `Load ${slug}`,
      owner: { email: `owner@${slug}.example`, name: "Load Owner" },
    });
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    const place = await placeOf(client, workspaceId, ownerMemberId);
    await fill(client, workspaceId, size, place, index + 1);
    await client.query(
      `insert into journey_counts (workspace_id, osc_id, stage_id, accountable_spoke_id, status, is_off_track, count)
       select workspace_id, osc_id, stage_id, accountable_spoke_id, status, off_track_since is not null, count(*) from journeys where workspace_id = $1 group by 1, 2, 3, 4, 5, 6`,
      [workspaceId],
    );
    await client.query("set local session_replication_role = origin");
    await client.query("select app.recount_experience($1)", [workspaceId]);
    await client.query("select app.recount_leads($1)", [workspaceId]);
    await client.query("commit");
    result.push({ workspaceId, slug, ownerMemberId, oscIds: place.oscIds, stageIds: place.stageIds });
  }
  return result;
}
