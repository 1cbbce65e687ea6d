import type { DemoScene } from "./stage";

const early = [
  ["Hannah Weiss", "organic search", "Looking at the Alder, home to sell first"],
  ["Priya Raman", "paid search", "Wants a quiet street"],
  ["Noor Siddiqui", "referral", "Toured twice, compares with resale"],
  ["Cole Vance", "email", "First visit with his partner"],
  ["Ivo Brandt", "direct traffic", "Comes with his father"],
  ["Dele Akande", "social", "Financing letter asked"],
  ["Yuki Tanaka", "paid search", "Wants a corner lot"],
] as const;

/** Leads and visitors at every step before the contract. */
export async function salesFolk({ customer, log, move, judge, at }: DemoScene): Promise<void> {
  for (const [index, [name, origin, summary]] of early.entries()) {
    const osc = index % 3 === 2 ? "mara" : "dana";
    const slug = name.toLowerCase().replaceAll(" ", ".");
    const begun = 8 + index * 3;
    const lead = await customer(osc, at(begun, 10), {
      name,
      origin,
      persons: [{ name, emails: [`${slug}@example.com`], phones: [`+1206555${String(200 + index).padStart(4, "0")}`] }],
    });
    const call = await log(osc, at(begun, 10, 3 + index), lead, {
      medium: "phone",
      isTwoWay: true,
      type: "first inquiry",
      summary,
      completesNext: true,
      felt: index % 2 ? "as_expected" : "better",
      seen: { "First reply": "done_well", "Need understood": index === 4 ? "missed" : "done" },
    });
    if (index % 2 === 0) {
      await judge(
        at(begun, 17),
        call,
        {
          "Says who is speaking": "passed",
          "Asks for the reason": index === 4 ? "missed" : "passed",
          "Takes name, way to reach, and need": "passed",
          "Says what the law demands": index === 2 ? "missed" : "passed",
        },
        index === 2 ? "Did not say that the call is recorded." : "",
      );
    }
    if (index === 0) continue;
    await move(osc, at(begun - 1, 9), lead, "qualified");
    if (index < 3) continue;
    await move(
      osc,
      at(begun - 3, 9),
      lead,
      "appointment",
      { price_range: "450k to 600k", timing: "this year" },
      "marcus",
    );
    if (index < 5) continue;
    await log("marcus", at(begun - 6, 11), lead, {
      medium: "onsite",
      isTwoWay: true,
      type: "appointment",
      summary: "Visited the model home.",
      completesNext: true,
    });
    await move("marcus", at(begun - 6, 12), lead, "working", {}, "marcus");
    await log("marcus", at(2, 11), lead, {
      medium: "phone",
      isTwoWay: true,
      summary: "Thinking it over.",
      completesNext: true,
      next: { name: "Weekly contact", dueAt: at(-5, 11).toISOString(), medium: "phone" },
    });
  }
}
