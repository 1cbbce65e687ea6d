import { z } from "zod";
import type { EnablementEffect } from "../experience/enablement-effect";

export const itemKinds = ["voice", "expectation", "effort", "promises", "driver", "enablement", "theme"] as const;
export type ItemKind = (typeof itemKinds)[number];

export const itemStates = ["open", "acknowledged", "acted"] as const;
export type ItemState = (typeof itemStates)[number];

/** A share with what it is held against, over so many weeks; 0 is all there is. */
export type Share = { k: number; n: number; weeks: number; target: number };

/** What an item is about: numbers and names, put into words in the reader's language. */
export type About =
  | ({
      kind: "voice";
      type: string;
      medium: string;
      reason: "below" | "fell";
      beforeK: number;
      beforeN: number;
    } & Share)
  | ({ kind: "expectation"; origin: string } & Share)
  | ({ kind: "effort" } & Share)
  | ({ kind: "promises" } & Share)
  | ({ kind: "driver"; momentId: string; name: string; nameHe: string; type: string; weight: number } & Share)
  | {
      kind: "enablement";
      itemId: string;
      name: string;
      nameHe: string;
      verdict: Extract<EnablementEffect, { status: "estimated" }>["verdict"];
      effect: number;
      lo: number;
      hi: number;
      n: number;
    }
  | ({ kind: "theme"; theme: string; name: string; nameHe: string; lift: number } & Share);

/** What a customer said, without anybody's name. */
/** Whose words they are is kept beside them, so that who takes an answer back takes its quote back. */
export type Quote = { text: string; language: string | null; responseId?: string };

const instant = { id: z.uuid(), version: z.number().int().min(1).optional() };

export const ItemKey = z.strictObject(instant);
export type ItemKey = z.output<typeof ItemKey>;

export const ActOnItem = z.strictObject({
  ...instant,
  /** What is done about it, in a sentence. */
  action: z.string().trim().min(1).max(500),
});
export type ActOnItem = z.output<typeof ActOnItem>;

export const DigestsInput = z.strictObject({
  /** A department by its key; managers may ask for any, everybody else has her own. */
  spoke: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(500).optional(),
});
export type DigestsInput = z.output<typeof DigestsInput>;

export const DigestKey = z.strictObject({ id: z.uuid() });
export type DigestKey = z.output<typeof DigestKey>;

export type DigestItemView = {
  id: string;
  about: About;
  quotes: Quote[];
  ownerId: string | null;
  ownerName: string | null;
  state: ItemState;
  decidedByName: string | null;
  decidedAt: string | null;
  action: string;
  actionKind: "improvement" | null;
  actionId: string | null;
  escalatedAt: string | null;
  version: number;
};

export type DigestView = {
  id: string;
  spokeId: string;
  spokeKey: string;
  spokeName: string;
  spokeNameHe: string;
  /** The first local day of the week it is about, `yyyy-mm-dd`, and the whole of it as instants. */
  week: string;
  from: string;
  to: string;
  state: "built" | "sent" | "acked";
  builtAt: string;
  items: DigestItemView[];
};

/** The digest screen: the departments one may look at, the chosen one's digests, and what came up to a manager. */
export type DigestScreen = {
  spokes: { key: string; name: string; nameHe: string; open: number }[];
  spoke: string | null;
  digests: DigestView[];
  escalated: DigestView[];
  canDecide: boolean;
  isManager: boolean;
  nextCursor: string | null;
};
