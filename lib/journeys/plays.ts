import type { Trigger } from "./vocabulary";

export type PlayStep = { name: string; by: "hub" | "spoke"; staffedMinutes: number };

/**
 * The recovery play of each trigger (DOMAIN 6B). Names are keys of the messages namespace `plays`.
 * Each ends with the customer told and the expected next touchpoint set.
 */
export const plays: Record<Trigger, { severity: "normal" | "high"; steps: readonly PlayStep[] }> = {
  T1: {
    severity: "high",
    steps: [
      { name: "tell_spoke_what_is_missing", by: "hub", staffedMinutes: 60 },
      { name: "call_customer_say_why", by: "hub", staffedMinutes: 120 },
      { name: "confirm_new_date", by: "spoke", staffedMinutes: 240 },
      { name: "hold_it", by: "spoke", staffedMinutes: 2700 },
    ],
  },
  T2: {
    severity: "normal",
    steps: [
      { name: "ask_what_holds_it_up", by: "hub", staffedMinutes: 240 },
      { name: "agree_next_step", by: "spoke", staffedMinutes: 540 },
    ],
  },
  T3: { severity: "normal", steps: [{ name: "set_next_step", by: "spoke", staffedMinutes: 60 }] },
  T4: {
    severity: "normal",
    steps: [
      { name: "continuity_call", by: "hub", staffedMinutes: 240 },
      { name: "agree_next_step", by: "spoke", staffedMinutes: 540 },
    ],
  },
  T5: {
    severity: "high",
    steps: [
      { name: "offer_two_slots", by: "hub", staffedMinutes: 120 },
      { name: "rebook", by: "hub", staffedMinutes: 540 },
    ],
  },
  T6: {
    severity: "normal",
    steps: [
      { name: "ask_what_holds_it_up", by: "hub", staffedMinutes: 240 },
      { name: "settle_handoff", by: "spoke", staffedMinutes: 540 },
    ],
  },
  T7: {
    severity: "high",
    steps: [{ name: "work_the_case", by: "hub", staffedMinutes: 120 }],
  },
  T9: {
    severity: "high",
    steps: [
      { name: "call_and_apologise", by: "hub", staffedMinutes: 120 },
      { name: "relay_the_facts", by: "hub", staffedMinutes: 180 },
      { name: "confirm_new_date", by: "spoke", staffedMinutes: 540 },
    ],
  },
  T10: { severity: "high", steps: [{ name: "answer_now", by: "hub", staffedMinutes: 30 }] },
  T11: {
    severity: "high",
    steps: [
      { name: "tell_customer_new_date", by: "hub", staffedMinutes: 120 },
      { name: "keep_promise", by: "spoke", staffedMinutes: 1080 },
    ],
  },
};
