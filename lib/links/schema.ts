import { z } from "zod";

export const CustomerLinkOf = z.strictObject({ customerId: z.uuid() });
export type CustomerLinkOf = z.output<typeof CustomerLinkOf>;

/** A question from the customer's page. The id is the page's, so that sending twice asks once. */
export const AskQuestion = z.strictObject({ id: z.uuid(), text: z.string().trim().min(1).max(2000) });
export type AskQuestion = z.output<typeof AskQuestion>;

export const StopMessages = z.strictObject({});
export type StopMessages = z.output<typeof StopMessages>;

/** One station of her way, in words she uses; `key` finds them, `name` is what the workspace wrote. */
export type ContactStation = { key: string; name: string; isDone: boolean; isCurrent: boolean };

/** What a customer sees of her journey: no department, no lateness, nothing of anybody else. */
export type ContactPage = {
  company: string;
  locale: string;
  timeZone: string;
  /** Given names of the household, for the greeting. */
  names: string[];
  osc: {
    name: string;
    phone: string | null;
    email: string | null;
    hasPhoto: boolean;
    since: string;
    /** Until when somebody can be reached today; null while nobody works. */
    hereUntil: string | null;
    awayUntil: string | null;
  };
  stations: ContactStation[];
  /** Whoever takes care of her besides the OSC, once the OSC has introduced them. */
  team: { name: string; spoke: string; spokeHe: string }[];
  appointment: {
    id: string;
    name: string | null;
    startAt: string;
    endAt: string;
    timeZone: string;
    place: string | null;
    host: string;
  } | null;
  next: { type: string; dueAt: string | null; isLate: boolean; who: string } | null;
  promises: { id: string; text: string; who: string; dueAt: string; state: "open" | "late" | "kept" }[];
  /** What was agreed for the time after the sale, as far as it is meant for her. */
  milestones: {
    id: string;
    name: string;
    nameHe: string | null;
    dueAt: string;
    state: "open" | "late" | "done" | "missed";
  }[];
  /** Whether marketing messages were stopped for the person of the page. */
  isStopped: boolean;
  /** Whether a question of hers waits for an answer. */
  isWaiting: boolean;
  isOpen: boolean;
};
