import type { DemoScene } from "./stage";

/** What happened at Harrow & Pine in the last months, told through the product's own commands on a past clock. */
export async function tellStories(scene: DemoScene): Promise<void> {
  await maya(scene);
  await waiting(scene);
  await salesFolk(scene);
  await building(scene);
  await quietOnes(scene);
}

/** The customer of the picture: off the wheel, because the second selections meeting did not happen. */
async function maya({ customer, log, move, relay, promise, fire, judge, at }: DemoScene): Promise<void> {
  const halloran = await customer("dana", at(120, 10), {
    name: "Maya & Tom Halloran",
    place: "Lot 42",
    origin: "organic search",
    persons: [
      { name: "Maya Halloran", emails: ["maya.halloran@example.com"], phones: ["+12065550142"] },
      { name: "Tom Halloran", phones: ["+12065550143"] },
    ],
    message: "We saw the Alder on your site. Is there a lot with evening sun?",
    value: 61_240_000,
  });
  await log("dana", at(120, 10, 4), halloran, {
    medium: "phone",
    isTwoWay: true,
    type: "first inquiry",
    summary: "They want three bedrooms and evening sun. Lot 42 fits.",
    completesNext: true,
    felt: "better",
  });
  await move("dana", at(119, 11), halloran, "qualified");
  await log("dana", at(118, 9), halloran, { medium: "email", summary: "Sent the brochure of Cedar Ridge." });
  await move(
    "dana",
    at(117, 12),
    halloran,
    "appointment",
    { price_range: "580k to 620k", timing: "before winter" },
    "marcus",
  );
  await log("marcus", at(113, 14), halloran, {
    medium: "onsite",
    isTwoWay: true,
    type: "appointment",
    summary: "Walked Lot 42 and the model home.",
    completesNext: true,
    felt: "better",
  });
  await move("marcus", at(112, 9), halloran, "working", {}, "marcus");
  await log("marcus", at(60, 15), halloran, { medium: "phone", isTwoWay: true, summary: "Financing letter is in." });
  await log("marcus", at(44, 15), halloran, { medium: "phone", isTwoWay: true, summary: "Ready to sign." });
  await move("marcus", at(43, 9), halloran, "contract", {}, "ines");
  await log("ines", at(38, 11), halloran, {
    medium: "onsite",
    isTwoWay: true,
    type: "proposal/price talk",
    summary: "Purchase agreement signed by both.",
    completesNext: true,
    felt: "as_expected",
  });
  await move("ines", at(18, 15), halloran, "design", {}, "noa");
  const selections = await log("noa", at(10, 10), halloran, {
    medium: "onsite",
    isTwoWay: true,
    type: "design meeting",
    summary: "Selections meeting 1: floors and kitchen front. 95 minutes.",
    completesNext: true,
    next: { name: "Selections meeting 2", dueAt: at(3, 10).toISOString(), medium: "onsite" },
    seen: { "Agenda sent": "done_well" },
  });
  await judge(
    at(9, 16),
    selections,
    { "Agenda 48 hours before": "passed", "Cut-off dates confirmed": "missed" },
    "The dates after which nothing can change were not read out.",
  );
  await promise(halloran, "noa", "Quartz samples for the island", at(10, 11), at(3, 9));
  await promise(halloran, "pete", "A date for the pre-construction meeting", at(9, 9), at(-9, 9));
  await fire("touchpoint.overdue", at(3, 10), halloran);
  await relay(
    "dana",
    at(3, 10, 6),
    halloran,
    "design",
    "What is missing for meeting 2? They were there at ten.",
    "noa",
    at(3, 10, 31),
    "Quartz samples are out of stock. New ones come Thursday.",
  );
  await log("dana", at(1, 19, 44), halloran, {
    medium: "sms",
    direction: "inbound",
    summary: "Is Tuesday's meeting still on? Nobody was there.",
  });
}

/** Who waits for an answer, who did not come, who waits on a department. */
async function waiting({ customer, log, move, openRelay, promise, judge, at, minutesAgo }: DemoScene): Promise<void> {
  await customer("dana", minutesAgo(6), {
    name: "Luis Ferreira",
    origin: "paid search",
    persons: [{ name: "Luis Ferreira", emails: ["luis.ferreira@example.com"], phones: ["+12065550150"] }],
    message: "Is the Juniper still available in phase 2?",
  });
  await customer("dana", minutesAgo(3), {
    name: "@greta.builds",
    origin: "social",
    preLead: true,
    persons: [{ name: "@greta.builds", socials: ["instagram:greta.builds"] }],
    message: "Do you build with a main-floor bedroom?",
    medium: "social",
  });
  const carla = await customer("dana", at(50, 9), {
    name: "Carla Mendes",
    place: "Lot 29",
    origin: "referral",
    persons: [{ name: "Carla Mendes", phones: ["+12065550151"], emails: ["carla@example.com"] }],
  });
  await log("dana", at(50, 9, 3), carla, {
    medium: "phone",
    isTwoWay: true,
    type: "first inquiry",
    summary: "Referred by her sister.",
    completesNext: true,
  });
  await move("dana", at(49, 9), carla, "qualified");
  await move("dana", at(48, 9), carla, "appointment", { price_range: "500k", timing: "summer" }, "marcus");
  const tour = await log("marcus", at(45, 9), carla, {
    medium: "onsite",
    isTwoWay: true,
    type: "appointment",
    summary: "Toured the Birch.",
    completesNext: true,
    next: { name: "Working session", dueAt: at(43, 9).toISOString() },
    seen: { Welcome: "done_well", "Price conversation": "done" },
  });
  await judge(at(44, 17), tour, { "Speaks about the price": "passed" }, "");
  await move("marcus", at(44, 9), carla, "working", {}, "marcus");
  await move("marcus", at(30, 9), carla, "contract", {}, "ines");
  await move("ines", at(12, 9), carla, "design", {}, "noa");
  await log("noa", at(6, 13), carla, {
    medium: "onsite",
    isTwoWay: true,
    type: "design meeting",
    summary: "Roof and facade.",
    completesNext: true,
    next: { name: "Sign-off", dueAt: at(-5, 15).toISOString() },
  });
  await openRelay("dana", minutesAgo(50), carla, "design", "Roof colour rule of the HOA: may she take slate?");
  const sam = await customer("dana", at(70, 9), {
    name: "Sam & Ada Abara",
    place: "Lot 8",
    origin: "organic search",
    value: 54_900_000,
    persons: [
      { name: "Sam Abara", phones: ["+12065550152"] },
      { name: "Ada Abara", emails: ["ada.abara@example.com"] },
    ],
  });
  await log("dana", at(70, 9, 4), sam, {
    medium: "phone",
    isTwoWay: true,
    type: "first inquiry",
    summary: "Relocating in spring.",
    completesNext: true,
  });
  await move("dana", at(69, 9), sam, "qualified");
  await move("dana", at(66, 9), sam, "appointment", { price_range: "540k", timing: "spring" }, "marcus");
  await log("marcus", at(60, 9), sam, {
    medium: "onsite",
    isTwoWay: true,
    type: "appointment",
    summary: "Liked Lot 8.",
    completesNext: true,
  });
  await move("marcus", at(59, 9), sam, "working", {}, "marcus");
  await move("marcus", at(13, 9), sam, "contract", {}, "ines");
  await log("ines", at(2, 14), sam, {
    medium: "phone",
    isTwoWay: true,
    type: "proposal/price talk",
    summary: "Lender asks for one more paper.",
    completesNext: true,
    next: { name: "Contract meeting", dueAt: at(-3, 11).toISOString(), medium: "onsite" },
  });
  await promise(sam, "dana", "The HOA rules in writing", at(2, 14), at(-0.2, 14));
}

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
async function salesFolk({ customer, log, move, judge, at }: DemoScene): Promise<void> {
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
async function building({ customer, log, move, at }: DemoScene): Promise<void> {
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

/** Some who wait on purpose, and one who bought elsewhere. */
async function quietOnes({ customer, log, hold, lose, at }: DemoScene): Promise<void> {
  const rosa = await customer("dana", at(30, 10), {
    name: "Rosa & Will Kern",
    origin: "organic search",
    persons: [{ name: "Rosa Kern", emails: ["rosa.kern@example.com"] }],
  });
  await log("dana", at(30, 10, 4), rosa, {
    medium: "phone",
    isTwoWay: true,
    summary: "Sells her home first, call in spring.",
    completesNext: true,
  });
  await hold("dana", at(30, 11), rosa, at(-40, 9));
  const kim = await customer("mara", at(25, 10), {
    name: "Kim Vale",
    origin: "display",
    persons: [{ name: "Kim Vale", emails: ["kim.vale@example.com"] }],
  });
  await log("mara", at(25, 10, 2), kim, { medium: "email", summary: "Answered the price question." });
  await lose("mara", at(5, 12), kim, "bought elsewhere");
}
