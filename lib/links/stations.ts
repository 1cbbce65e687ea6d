import type { ContactStation } from "./schema";

type Stage = { id: string; key: string; name: string; position: number; entryStatus: string };

/** Which of the stages of our templates are one station to a customer; a stage without an entry stands for itself. */
const stationOf: Record<string, string> = {
  engage: "hello",
  new_lead: "hello",
  lead: "hello",
  call: "hello",
  qualified: "choose",
  appointment: "choose",
  working: "choose",
  discovery: "choose",
  demo: "choose",
  proposal: "choose",
  qualify: "choose",
  offer: "choose",
  contract: "contract",
  order: "contract",
  closing: "contract",
  design: "selections",
  pre_construction: "planning",
  handoff: "planning",
  kickoff: "planning",
  build: "build",
  onboarding: "set_up",
  install: "set_up",
  orientation: "keys",
  live: "live",
  first_bill: "live",
  check_30: "after",
  check_11_months: "after",
  check_90: "after",
  adoption_review: "after",
  renewal: "after",
  retention: "after",
  advocate: "after",
};

/**
 * The way of a customer as she knows it: stages that are one thing to her become one station, in the order of the
 * template. What lies before the current one is done.
 */
export function stationsOf(stages: readonly Stage[], currentStageId: string): ContactStation[] {
  const ordered = [...stages].sort((a, b) => a.position - b.position);
  const current = ordered.findIndex(({ id }) => id === currentStageId);
  const stations: (ContactStation & { last: number })[] = [];
  ordered.forEach((stage, index) => {
    const key = stationOf[stage.key] ?? stage.key;
    const standing = stations.at(-1);
    if (standing?.key === key) {
      standing.last = index;
      standing.isCurrent ||= index === current;
    } else stations.push({ key, name: stage.name, isDone: false, isCurrent: index === current, last: index });
  });
  return stations.map(({ last, ...station }) => ({ ...station, isDone: last < current }));
}
