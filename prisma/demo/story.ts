import { building } from "./families";
import { salesFolk } from "./leads";
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
