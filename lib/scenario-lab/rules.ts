import { type Decision, permit, refuse } from "../decision";
import type { Scenario } from "../scenarios/vocabulary";
import { assignByHash, permutedBlocks } from "../statistics/assignment";
import { isAtLeast } from "../statistics/tolerance";

/** Five bands of the chance of winning, from 0 up; null for a chance that was not known (DOMAIN F64). */
export function bandOf(pClose: number | null): number | null {
  return pClose === null ? null : Math.min(4, Math.floor(pClose * 5 + 1e-9));
}

/** The segment of a deal: the customer's own, else by where its value stands among deals (DOMAIN F64). */
export function segmentOf(segment: string | null, value: number | null): string {
  const own = segment?.trim().slice(0, 100) ?? "";
  if (own !== "") return own;
  if (value === null) return "value_unknown";
  return value < 1 / 3 ? "value_low" : value < 2 / 3 ? "value_middle" : "value_high";
}

/** Decides whether a deal may be given a scenario: one that goes on, at its decision stage, once. */
export function planAssignment(status: string, isDecisionStage: boolean, hasOne: boolean): Decision<null> {
  if (hasOne) return refuse("scenario_given");
  if (status === "won" || status === "completed" || status === "lost" || status === "merged")
    return refuse("deal_ended");
  return isDecisionStage ? permit(null) : refuse("not_decision_stage");
}

/** Decides who chose: the policy, or a person, who says why when the policy says another (DOMAIN 6E). */
export function planChoice(
  asked: Scenario | undefined,
  placed: Scenario | null,
  reason: string,
): Decision<{ scenario: Scenario; source: "policy" | "person" }> {
  const scenario = asked ?? placed;
  if (scenario === null) return refuse("scenario_needed", { fields: { scenario: "required" } });
  if (scenario === placed) return permit({ scenario, source: "policy" });
  if (placed !== null && reason === "") return refuse("override_reason", { fields: { reason: "required" } });
  return permit({ scenario, source: "person" });
}

export type Draw = {
  key: string;
  method: string;
  share: number;
  seed: number;
  blockSize: number;
  first: string;
  second: string;
};

/** The scenario that the `position`-th deal of an experiment falls to: by its hash (DOMAIN F65c) or in seeded blocks (F65d). */
export function drawArm({ key, method, share, seed, blockSize, first, second }: Draw, unit: string, position: number) {
  if (method === "hash") return assignByHash(key, unit, share).isTreated ? second : first;
  const half = blockSize / 2;
  const block = Array.from({ length: blockSize }, (_, place) => (place < half ? first : second));
  return permutedBlocks(seed, block, position)[position - 1] ?? first;
}

/** Whether an experiment takes a deal. */
export function isEligible({ minPClose }: { minPClose: number | null }, pClose: number | null): boolean {
  return minPClose === null || (pClose !== null && isAtLeast(pClose, minPClose));
}

/** Decides the start: a draft, while no other runs. */
export function planStart(status: string, isAnotherRunning: boolean): Decision<{ status: "running" }> {
  if (status !== "draft") return refuse("experiment_started");
  return isAnotherRunning ? refuse("experiment_runs") : permit({ status: "running" });
}

/** Decides the stop: with the winner that the rule names, or without one and a reason. */
export function planStop(
  status: string,
  winner: string | null,
  note: string,
): Decision<{ status: "stopped"; winner: string | null }> {
  if (status !== "running") return refuse("experiment_not_running");
  if (winner === null && note === "") return refuse("stop_note", { fields: { note: "required" } });
  return permit({ status: "stopped", winner });
}
