import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { newId } from "../identifiers";
import { createWorkspace } from "../workspaces/setup";
import { type Answered, answerColumns, answerRows, heardOf } from "./voices";

export type BulkSize = { workspaces: number; customers: number; interactions: number; prefix: string };

export type BulkWorkspace = {
  workspaceId: string;
  slug: string;
  ownerMemberId: string;
  oscIds: string[];
  stageIds: string[];
};

type Cell = string | number | boolean | Date | null;

/** One row in COPY's text format. */
function line(cells: readonly Cell[]): string {
  const texts = cells.map((cell) => {
    if (cell === null) return "\\N";
    if (cell instanceof Date) return cell.toISOString();
    return String(cell).replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
  });
  return `${texts.join("\t")}\n`;
}

/** Streams rows into a table by COPY; the connection's role must bypass row security. */
async function copy(client: pg.Client, table: string, columns: string, rows: () => Generator<Cell[]>): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  const chunks = function* () {
    let chunk = "";
    for (const row of rows()) {
      chunk += line(row);
      if (chunk.length > 65_536) {
        yield chunk;
        chunk = "";
      }
    }
    if (chunk) yield chunk;
  };
  await pipeline(Readable.from(chunks()), stream);
}

/** A small generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const given = [
  "Maya",
  "Tom",
  "Noor",
  "Luis",
  "Hannah",
  "Priya",
  "Sam",
  "Ada",
  "Carla",
  "Theo",
  "Ruth",
  "Cole",
  "Ivo",
  "Bo",
  "Elif",
  "Yuki",
  "Rosa",
  "Will",
  "Nina",
  "Olu",
];
const family = [
  "Halloran",
  "Siddiqui",
  "Ferreira",
  "Weiss",
  "Raman",
  "Abara",
  "Mendes",
  "Park",
  "Adeyemi",
  "Vance",
  "Brandt",
  "Jensen",
  "Kaya",
  "Tanaka",
  "Kern",
  "Falk",
  "Grant",
  "Moreau",
  "Aster",
  "Vale",
];
const origins = ["organic search", "paid search", "social", "email", "referral", "direct traffic"];
const media = ["phone", "email", "sms", "onsite", "chat"];
const routes = ["inside", "territory", "alliance", "customer success"];

type Place = { spokeId: string; stageIds: string[]; templateId: string; oscIds: string[] };
type Made = {
  customerId: string;
  personId: string;
  journeyId: string;
  name: string;
  stage: number;
  osc: number;
  at: Date;
};

function* made(size: BulkSize, place: Place, seed: number, now: number): Generator<Made> {
  const next = random(seed);
  const pick = (most: number) => Math.floor(next() * most);
  for (let index = 0; index < size.customers; index++) {
    const at = now - pick(365 * 24 * 60) * 60_000;
    const id = () =>
      `${newId(at).slice(0, 14)}7${Array.from({ length: 3 }, () => pick(16).toString(16)).join("")}-8${Array.from({ length: 3 }, () => pick(16).toString(16)).join("")}-${Array.from({ length: 12 }, () => pick(16).toString(16)).join("")}`;
    yield {
      customerId: id(),
      personId: id(),
      journeyId: id(),
      name: `${given[pick(given.length)]} ${family[pick(family.length)]} ${index}`,
      stage: pick(place.stageIds.length),
      osc: pick(place.oscIds.length),
      at: new Date(at),
    };
  }
}

/** Whose contact the n-th one is: 2 % of the customers hold half of all contacts. */
function holderOf(index: number, customers: number, next: () => number): number {
  const busy = Math.max(1, Math.floor(customers / 50));
  return index % 2 === 0 ? Math.floor(next() * busy) : Math.floor(next() * customers);
}

type Table = { name: string; columns: string; row: (one: Made, index: number) => Cell[] };

/** Who they are. */
function peopleTables(w: string): Table[] {
  return [
    {
      name: "customers",
      columns: "workspace_id, id, name, origin, created_at",
      row: (one, index) => [w, one.customerId, one.name, origins[index % origins.length] ?? null, one.at],
    },
    {
      name: "persons",
      columns: "workspace_id, id, customer_id, name, is_primary, identity_level",
      row: (one) => [w, one.personId, one.customerId, one.name, true, "contactable"],
    },
    {
      name: "contact_points",
      columns: "workspace_id, id, customer_id, person_id, kind, value, raw, provenance",
      row: (one, index) => [
        w,
        newId(),
        one.customerId,
        one.personId,
        "email",
        emailOf(index),
        emailOf(index),
        "import",
      ],
    },
    {
      name: "customer_search",
      columns: "workspace_id, customer_id, text, name_key",
      row: (one, index) => [
        w,
        one.customerId,
        `${one.name.toLowerCase()} ${emailOf(index)}`,
        one.name.slice(0, 3).toLowerCase(),
      ],
    },
  ];
}

const emailOf = (index: number) => `person${index}@example.com`;

/** Where they stand. */
function journeyTables(w: string, place: Place, now: number): Table[] {
  const stageOf = ({ stage }: Made) => place.stageIds[stage] ?? null;
  const oscOf = ({ osc }: Made) => place.oscIds[osc] ?? null;
  const due = (index: number) => new Date(now + ((index % 90) + 1) * 86_400_000);
  const { spokeId, templateId } = place;
  return [
    {
      name: "journeys",
      columns:
        "workspace_id, id, customer_id, primary_person_id, template_id, stage_id, status, osc_id, accountable_spoke_id, accountable_id, entered_stage_at, last_activity_at, arrived_at, next_started_at, next_due_at",
      row: (one, index) => [
        ...[
          w,
          one.journeyId,
          one.customerId,
          one.personId,
          templateId,
          stageOf(one),
          "active",
          oscOf(one),
          spokeId,
          oscOf(one),
        ],
        ...[one.at, one.at, one.at, one.at, due(index)],
      ],
    },
    {
      name: "touchpoints",
      columns: "workspace_id, id, journey_id, customer_id, name, type, spoke_id, stage_id, state, started_at, due_at",
      row: (one, index) => [
        w,
        newId(),
        one.journeyId,
        one.customerId,
        "Follow up",
        "follow-up",
        spokeId,
        stageOf(one),
        "due",
        one.at,
        due(index),
      ],
    },
    {
      name: "stage_transitions",
      columns: "workspace_id, id, journey_id, seq, to_stage_id, at, cause, status, actor, spoke_id",
      row: (one) => [w, newId(), one.journeyId, 1, stageOf(one), one.at, "enter", "active", "system", spokeId],
    },
    {
      name: "osc_assignments",
      columns: "workspace_id, id, journey_id, member_id, from_at, reason, actor",
      row: (one) => [w, newId(), one.journeyId, oscOf(one), one.at, "round_robin", "system"],
    },
    {
      name: "journey_spokes",
      columns: "workspace_id, journey_id, spoke_id, first_at",
      row: (one) => [w, one.journeyId, spokeId, one.at],
    },
  ];
}

async function fill(client: pg.Client, workspaceId: string, size: BulkSize, place: Place, seed: number): Promise<void> {
  const now = Date.now();
  for (const { name, columns, row } of [...peopleTables(workspaceId), ...journeyTables(workspaceId, place, now)]) {
    await copy(client, name, columns, function* () {
      let index = 0;
      for (const one of made(size, place, seed, now)) yield row(one, index++);
    });
  }
  await fillInteractions(client, workspaceId, size, place, [...made(size, place, seed, now)], seed, now);
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
    await client.query("commit");
    result.push({ workspaceId, slug, ownerMemberId, oscIds: place.oscIds, stageIds: place.stageIds });
  }
  return result;
}
