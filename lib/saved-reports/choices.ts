import type { Context } from "../context";
import { getListFrame } from "../customers/frame";
import { interactionTypes, media, routes } from "../journeys/vocabulary";
import type { GroupValue } from "./schema";
import { type Dimension, type Subject, vocabulary } from "./vocabulary";

const states: Record<Subject, readonly string[]> = {
  customers: ["pre_lead", "active", "nurture", "on_hold", "won", "lost", "completed"],
  touchpoints: ["planned", "due", "in_progress", "completed", "missed", "cancelled", "superseded"],
  handoffs: ["draft", "proposed", "accepted", "rejected", "expired", "completed", "rated", "cancelled"],
  interactions: [],
  responses: [],
};

const written = (keys: readonly string[]): GroupValue[] => keys.map((key) => ({ key, name: null, nameHe: null }));

/** What a report over a subject can be narrowed to: the workspace's stages, departments, OSCs and origins, and closed words. */
export async function listChoices(
  ctx: Context,
  subject: Subject,
): Promise<{ dimension: Dimension; values: GroupValue[] }[]> {
  const { stages, spokes, oscs, origins, spokeIds } = await framed(ctx);
  const departments = spokes.flatMap(({ key, name, nameHe }) => {
    const id = spokeIds.get(key);
    return id ? [{ key: id, name, nameHe }] : [];
  });
  const values: Partial<Record<Dimension, GroupValue[]>> = {
    stage: stages.map(({ id, name }) => ({ key: id, name, nameHe: null })),
    department: departments,
    from_department: departments,
    osc: oscs.map(({ id, name }) => ({ key: id, name, nameHe: null })),
    origin: written(origins),
    medium: written(media),
    route: written(routes),
    type: subject === "handoffs" ? written(["spoke_to_spoke", "sales_to_cs"]) : written(interactionTypes),
    direction: written(["inbound", "outbound", "internal"]),
    state: written(states[subject]),
    class: written(["positive", "neutral", "negative"]),
  };
  return vocabulary[subject].dimensions.flatMap((dimension) => {
    const found = values[dimension] ?? [];
    return found.length > 0 ? [{ dimension, values: found }] : [];
  });
}

async function framed(ctx: Context) {
  const [frame, spokes] = await Promise.all([
    getListFrame(ctx, { query: "" }),
    ctx.db.spoke.findMany({ where: { workspaceId: ctx.workspaceId }, select: { id: true, key: true } }),
  ]);
  return { ...frame, spokeIds: new Map(spokes.map(({ id, key }) => [key, id])) };
}
