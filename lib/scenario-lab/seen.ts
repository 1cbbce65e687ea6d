import type { LabReport } from "./report-schema";

/** What the handoff lab saw of B and of C against A in deals of the same kind, in how many deals of each; left out where it saw nothing. */
export type SeenGains = Partial<Record<"B" | "C", { observed: number; n: number }>>;

/** The fair differences of a report (DOMAIN F64) as evidence, each counting as many deals as the smaller of its two groups (DOMAIN F60c). */
export function seenGains(report: Pick<LabReport, "pairs"> | null): SeenGains {
  const found = (treated: "B" | "C") => report?.pairs.find((pair) => pair.treated === treated && pair.control === "A");
  const evidence = (treated: "B" | "C") => {
    const pair = found(treated);
    if (!pair?.fair) return {};
    return { [treated]: { observed: pair.fair.difference, n: Math.min(pair.n.treated, pair.n.control) } };
  };
  return { ...evidence("B"), ...evidence("C") };
}
