import { z } from "zod";

export const inboxKinds = ["relay", "task", "promise", "appointment", "touchpoint"] as const;
export type InboxKind = (typeof inboxKinds)[number];

/** Whose inbox: a department by its key (one's own when left out), everything in it or only what is mine. */
export const InboxInput = z.object({
  spoke: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .optional(),
  mine: z.enum(["0", "1"]).default("0"),
});
export type InboxInput = z.output<typeof InboxInput>;

/** One thing a department owes. */
export type InboxItem = {
  kind: InboxKind;
  id: string;
  customerId: string;
  customerName: string;
  journeyId: string;
  /** Whether the customer's hub may be opened by who looks. */
  canOpen: boolean;
  /** The question, the title, the promise, the place, the name of the touchpoint. */
  text: string;
  /** The kind of a task; the type of a touchpoint. */
  detail: string;
  state: string;
  startedAt: string;
  dueAt: string | null;
  ownerId: string | null;
  ownerName: string | null;
  fromName: string | null;
  /** Step of the escalation ladder, 0 to 4. */
  escalation: number;
  version: number;
};

export type InboxSpoke = { id: string; key: string; code: string; name: string; nameHe: string; position: number };

export type Inbox = {
  spoke: InboxSpoke;
  /** The departments this member may look at; one when only his own. */
  spokes: InboxSpoke[];
  items: InboxItem[];
  /** More than the two hundred that are shown. */
  hasMore: boolean;
};
