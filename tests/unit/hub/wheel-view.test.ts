import { describe, expect, test } from "vitest";
import { toWheelView } from "@/components/hub/to-wheel-view";
import type { Hub } from "@/lib/hub/schema";

const now = new Date("2026-03-02T10:00:00Z").getTime();
const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
const spoke = (key: string, position: number) => ({
  ...{ id: key, key, code: key.slice(0, 2), name: key, nameHe: "", position },
});
const promise = (spokeId: string, dueInDays: number, state = "open") => ({
  ...{ id: `${spokeId}${dueInDays}`, text: "Quartz samples", state, dueAt: at(dueInDays), madeAt: at(-5) },
  ...{ spokeId, byName: "Pete Okafor", version: 1 },
});

const hub = (part: Partial<Hub> = {}): Hub => ({
  customer: {
    ...{ id: "c", name: "Maya Halloran", kind: "household", segment: null, place: null, origin: null, flag: null },
    ...{ notes: "", timeZone: null, createdAt: at(-30), version: 1, mergedIntoId: null },
  },
  journey: {
    ...{ id: "j", status: "active", need: null, stageId: "s", templateId: "t", oscId: "o", oscName: "Dana Whitlock" },
    ...{
      oscSince: at(-30),
      oscPhotoId: null,
      accountableSpokeId: "design",
      accountableId: "n",
      accountableName: "Noa Feldman",
    },
    ...{
      enteredStageAt: at(-3),
      arrivedAt: at(-30),
      unansweredSince: null,
      unansweredDueAt: null,
      offTrackSince: null,
    },
    ...{ holdUntil: null, valueMinor: null, currency: null, lostReason: null, fields: {}, version: 1 },
  },
  otherJourneys: [],
  stages: [],
  visitedStageIds: [],
  spokes: [spoke("osc", 0), spoke("marketing", 1), spoke("design", 2), spoke("implementation", 3)],
  involvedSpokeIds: ["design"],
  persons: [],
  next: null,
  lastDone: null,
  promises: [],
  relays: [],
  offTrack: [],
  tasks: [],
  appointments: [],
  touches: [],
  ...part,
});

const said = (key: string) => key;
const words = { t: said, common: said, locale: "en", zone: "UTC", workspace: "acme" };
const stateOf = (of: Hub, id: string) => toWheelView(of, now, words).spokes.find((each) => each.id === id);

describe("a spoke of the wheel", () => {
  test("that never touched the customer and owes nothing is not involved yet", () => {
    expect(stateOf(hub(), "implementation")).toMatchObject({ state: "idle", person: null, stateText: "wheel.idle" });
  });

  test("that only promised something waits with its promise, in the name of who gave it", () => {
    const waiting = stateOf(hub({ promises: [promise("implementation", 9)] }), "implementation");
    expect(waiting).toMatchObject({ state: "waiting", person: "Pete Okafor", stateText: "wheel.promise" });
    expect(waiting?.promises).toEqual([{ id: "implementation9", state: "open" }]);
  });

  test("whose promise is overdue is late, whatever else it did", () => {
    const touched = {
      spokeId: "implementation",
      at: at(-1),
      isTwoWay: true,
      agentName: "Ada",
      class: "negative" as const,
    };
    const late = stateOf(hub({ promises: [promise("implementation", -1)], touches: [touched] }), "implementation");
    expect(late).toMatchObject({ state: "overdue", person: "Ada", stateText: "wheel.promise_late" });
    expect(late?.light).toEqual({ tone: "negative", text: "class.negative" });
  });

  test("whose promise was kept is judged by what it did since", () => {
    const kept = hub({ promises: [promise("implementation", -1, "kept")], involvedSpokeIds: ["implementation"] });
    expect(stateOf(kept, "implementation")).toMatchObject({ state: "active", stateText: "wheel.involved" });
  });
});
