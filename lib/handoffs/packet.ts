import type { SpokeKey } from "../workspaces/defaults";

/** What a packet consists of, in the order in which it is read (DOMAIN 6E). */
export const packetKeys = [
  "goals",
  "stakeholders",
  "scope",
  "promises",
  "risks",
  "technical",
  "timeline",
  "billing",
  "motives",
  "competitors",
  "communication",
  "language",
  "consents",
  "osc",
] as const;
export type PacketKey = (typeof packetKeys)[number];

type Definition = {
  /** How much the item counts in F61. */
  weight: number;
  isMandatory: boolean;
  /** Whose stage of the journey knows it first. */
  owner: SpokeKey;
};

/** The items with their weights: those of the worked example of F61, one for what it does not name. */
export const packetDefinitions: Record<PacketKey, Definition> = {
  goals: { weight: 3, isMandatory: true, owner: "sales" },
  stakeholders: { weight: 2, isMandatory: true, owner: "sales" },
  scope: { weight: 3, isMandatory: true, owner: "senior_sales" },
  promises: { weight: 3, isMandatory: true, owner: "sales" },
  risks: { weight: 2, isMandatory: false, owner: "sales" },
  technical: { weight: 2, isMandatory: false, owner: "sales" },
  timeline: { weight: 1, isMandatory: false, owner: "senior_sales" },
  billing: { weight: 1, isMandatory: false, owner: "senior_sales" },
  motives: { weight: 1, isMandatory: false, owner: "osc" },
  competitors: { weight: 1, isMandatory: false, owner: "sales" },
  communication: { weight: 1, isMandatory: false, owner: "osc" },
  language: { weight: 1, isMandatory: false, owner: "osc" },
  consents: { weight: 1, isMandatory: false, owner: "osc" },
  osc: { weight: 1, isMandatory: false, owner: "osc" },
};

/** Items that are read from the customer and her journey; whatever is written there is added to it. */
export const knownKeys: readonly PacketKey[] = ["promises", "language", "consents", "osc"];

/** An item as F61 counts it; `isPresent` null means that it does not apply. */
export type CountedItem = { key: string; weight: number; isPresent: boolean | null; isMandatory: boolean };

/** How far a packet is: completeness 0 to 1, and the mandatory items that are still missing. */
export type Completeness = { completeness: number; missing: string[] };

/**
 * Weighted share of the applicable items that are present, 0 to 1 (DOMAIN F61); 1 when nothing applies. The gate is open
 * when no mandatory item is missing, whatever the share.
 */
export function completenessOf(items: readonly CountedItem[]): Completeness {
  const applicable = items.filter(({ isPresent }) => isPresent !== null);
  const total = applicable.reduce((sum, { weight }) => sum + weight, 0);
  const present = applicable.reduce((sum, { weight, isPresent }) => sum + (isPresent ? weight : 0), 0);
  return {
    completeness: total === 0 ? 1 : present / total,
    missing: items.filter(({ isMandatory, isPresent }) => isMandatory && !isPresent).map(({ key }) => key),
  };
}

/** What stands in a packet about one item. */
export type PacketFact = {
  key: PacketKey;
  text: string;
  isApplicable: boolean;
  /** What is known of it without anybody writing it: the promises made, the language, the consents, the OSC. */
  known: string[];
};

/**
 * Whether an item is there; null when it does not apply. Promises are there with at least one, or with the word that none
 * were made; a mandatory item always applies.
 */
export function isPresent({ key, text, isApplicable, known }: PacketFact): boolean | null {
  if (key === "promises") return known.length > 0 || text !== "" || !isApplicable;
  if (!isApplicable) return packetDefinitions[key].isMandatory ? false : null;
  return text !== "" || known.length > 0;
}

/** The packet as F61 counts it. */
export function countedItems(facts: readonly PacketFact[]): CountedItem[] {
  return facts.map((fact) => {
    const { weight, isMandatory } = packetDefinitions[fact.key];
    return { key: fact.key, weight, isMandatory, isPresent: isPresent(fact) };
  });
}
