import type { MergePreview } from "@/lib/customers/pairs";
import type { MergeField } from "@/lib/customers/schema";

/** What a manager decides when two records become one. */
export type MergeDecision = {
  fields: Partial<Record<MergeField, "survivor" | "loser">>;
  oscId: string | undefined;
  /** Loser's person to survivor's, or null for somebody of her own. */
  persons: { loserPersonId: string; into: string | null }[];
};

/** Everybody who is OSC of one of the two while their journeys are open. */
export function oscsOf({ survivor, loser }: MergePreview): { id: string; name: string }[] {
  return [...new Map([...survivor.oscs, ...loser.oscs].map((osc) => [osc.id, osc])).values()];
}
