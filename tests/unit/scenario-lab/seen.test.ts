import { expect, test } from "vitest";
import type { LabPair } from "@/lib/scenario-lab/report-schema";
import { seenGains } from "@/lib/scenario-lab/seen";

const pair = (treated: "B" | "C", control: "A" | "B", difference: number | null, n: LabPair["n"]) =>
  ({ treated, control, n, fair: difference === null ? null : { difference } }) as LabPair;

test("what was seen of a scenario is its fair difference from A, in as many deals as the smaller group has", () => {
  const pairs = [
    pair("B", "A", 0.13, { treated: 66, control: 67 }),
    pair("C", "A", null, { treated: 0, control: 67 }),
    pair("C", "B", 0.05, { treated: 49, control: 66 }),
  ];
  expect(seenGains({ pairs })).toEqual({ B: { observed: 0.13, n: 66 } });
  expect(seenGains(null)).toEqual({});
});
