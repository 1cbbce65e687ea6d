import type { DemoScene } from "./stage";

const owners = [
  ["The Okonkwo family", "Lot 17", "build", 90],
  ["Olu & Jo Grant", "Lot 3", "build", 60],
  ["Bo Jensen", "Lot 5", "orientation", 14],
  ["Ruth Adeyemi", "Lot 2", "check_30", 10],
  ["Leo Santos", "Lot 1", "check_11_months", 40],
] as const;

const way = [
  "qualified",
  "appointment",
  "working",
  "contract",
  "design",
  "pre_construction",
  "build",
  "orientation",
  "check_30",
  "check_11_months",
];
const holders: Record<string, string> = {
  appointment: "marcus",
  working: "marcus",
  contract: "ines",
  design: "noa",
  pre_construction: "pete",
  build: "pete",
  orientation: "ruth",
  check_30: "amir",
  check_11_months: "amir",
};

/** Families whose homes are being built, handed over, or lived in. */
export async function building({ customer, log, move, at }: DemoScene): Promise<void> {
  for (const [index, [name, place, last, since]] of owners.entries()) {
    const osc = index === 1 ? "mara" : "dana";
    const begun = since + 200;
    const family = await customer(osc, at(begun, 10), {
      name,
      place,
      origin: "referral",
      value: 48_000_000 + index * 2_500_000,
      persons: [{ name, phones: [`+1206555${String(300 + index).padStart(4, "0")}`] }],
    });
    await log(osc, at(begun, 10, 4), family, {
      medium: "phone",
      isTwoWay: true,
      type: "first inquiry",
      summary: "First call.",
      completesNext: true,
    });
    const stops = way.slice(0, way.indexOf(last) + 1);
    for (const [step, stage] of stops.entries()) {
      const days = begun - 1 - ((begun - 1 - since) * step) / Math.max(1, stops.length - 1);
      await move(
        step === 0 ? osc : (holders[stops[step - 1] ?? ""] ?? osc),
        at(days, 9),
        family,
        stage,
        { price_range: "500k", timing: "this year" },
        holders[stage],
      );
    }
    const holder = holders[last] ?? osc;
    await log(holder, at(4 + index, 9, 30), family, {
      medium: "phone",
      isTwoWay: true,
      type: "status update",
      summary: "Update given, questions answered.",
      completesNext: true,
      next: {
        name: last === "build" ? "Weekly update" : "Next check",
        dueAt: at(-2 - index, 9, 30).toISOString(),
        medium: "phone",
      },
    });
  }
}
