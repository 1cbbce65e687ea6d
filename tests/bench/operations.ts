import { newId } from "@/lib/identifiers";
import type { Answer } from "./measure";
import { fetchOnce } from "./measure";

type Customer = { id: string; journeyId: string; name: string };

export type Bench = {
  origin: string;
  slug: string;
  workspaceId: string;
  cookie: string;
  stageIds: string[];
  /** Customers to read, and others to log to. */
  read: Customer[];
  written: Customer[];
  /** Customers with fifty activities and more, to whom nothing is logged. */
  busy: { id: string }[];
};

/** One thing people do: the best single prepared statement for it, and the request that does it here. */
export type Operation = {
  name: string;
  /** Most times the raw statement that it may cost at one client; `against` names another operation's raw. */
  gate: number;
  against?: string;
  raw: { text: string; values: (turn: number) => unknown[] };
  ask: (turn: number) => Promise<Answer>;
};

const list = `select c.id, c.name, c.place, j.id as journey_id, j.stage_id, j.status, j.last_activity_at, j.next_started_at, j.next_due_at, j.off_track_since, m.name as osc, sp.name as spoke
  from journeys j join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
  join members m on m.workspace_id = j.workspace_id and m.id = j.osc_id
  join spokes sp on sp.workspace_id = j.workspace_id and sp.id = j.accountable_spoke_id
  where j.workspace_id = $1 and j.stage_id = $2 and j.is_primary order by j.last_activity_at desc, j.id desc limit 50`;

const wheel = `select c.id, c.name, c.place, j.stage_id, j.status, j.osc_id,
  (select json_agg(i) from (select i.id, i.medium, i.direction, i.started_at, i.summary, m.name as who from interactions i
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    where i.workspace_id = c.workspace_id and i.customer_id = c.id order by i.started_at desc, i.id desc limit 50) i) as activities
  from customers c join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id and j.is_primary where c.workspace_id = $1 and c.id = $2`;

const logged = `with logged as (insert into interactions (workspace_id, id, customer_id, journey_id, medium, type, direction, started_at, summary)
  values ($1, $2, $3, $4, 'phone', 'follow-up', 'outbound', now(), 'They asked about the next date.') returning journey_id)
  update journeys j set last_activity_at = now() from logged where j.workspace_id = $1 and j.id = logged.journey_id`;

const search = `select s.customer_id, c.name from customer_search s join customers c on c.workspace_id = s.workspace_id and c.id = s.customer_id
  where s.workspace_id = $1 and s.text like $2 limit 20`;

/** The operations of the comparison on one workspace. */
export function operationsOf(bench: Bench): Operation[] {
  const { origin, slug, workspaceId: w, cookie, stageIds, read, written, busy } = bench;
  const get = (path: string) => fetchOnce(new URL(`/api/w/${slug}${path}`, origin), { headers: { cookie } });
  const nobody: Customer = { id: "", journeyId: "", name: "" };
  const one = (turn: number) => read[turn % read.length] ?? nobody;
  const other = (turn: number) => written[turn % written.length] ?? nobody;
  const full = (turn: number) => busy[turn % busy.length]?.id ?? "";
  const stage = (turn: number) => stageIds[turn % stageIds.length] ?? "";
  const fragment = (turn: number) => one(turn).name.toLowerCase().slice(2, 12);
  const log = (turn: number) =>
    fetchOnce(new URL(`/api/w/${slug}/interactions`, origin), {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/json" },
      body: JSON.stringify({
        id: newId(),
        customerId: other(turn).id,
        medium: "phone",
        direction: "outbound",
        summary: "They asked about the next date.",
      }),
    });
  const rawList = { text: list, values: (turn: number) => [w, stage(turn)] };
  return [
    {
      name: "list",
      gate: 16,
      raw: rawList,
      ask: (turn) => get(`/customers?query=${encodeURIComponent(`stage=${stage(turn)}`)}`),
    },
    {
      name: "wheel",
      gate: 9,
      raw: { text: wheel, values: (turn) => [w, full(turn)] },
      ask: (turn) => get(`/wheel/${full(turn)}`),
    },
    {
      name: "log",
      gate: 8,
      raw: { text: logged, values: (turn) => [w, newId(), other(turn).id, other(turn).journeyId] },
      ask: log,
    },
    {
      name: "search",
      gate: 5,
      raw: { text: search, values: (turn) => [w, `%${fragment(turn)}%`] },
      ask: (turn) => get(`/search?q=${encodeURIComponent(fragment(turn))}`),
    },
    { name: "funnel", gate: 12, against: "list", raw: rawList, ask: () => get("/reports/funnel") },
    { name: "board", gate: 40, against: "list", raw: rawList, ask: () => get("/board") },
    { name: "queue", gate: 40, against: "list", raw: rawList, ask: () => get("/queue") },
    { name: "voices", gate: 120, against: "list", raw: rawList, ask: () => get("/reports/consistency") },
  ];
}
