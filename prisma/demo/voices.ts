import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { createCustomers } from "../../lib/customers/bulk";
import { inWorkspace } from "../../lib/db";
import { completeJourney } from "../../lib/journeys/endings";
import { startJourneys } from "../../lib/journeys/start";
import { tellRelationship } from "../../lib/load/relationship-example";
import { type Rating, tellExample } from "../../lib/load/tell-example";
import { setSurvey } from "../../lib/responses/commands";
import { plainSurvey } from "../../lib/responses/queries";
import { seededRandom } from "../../lib/statistics/random";
import { record, transaction } from "../../lib/transaction";

const day = 86_400_000;
const weeks = 18;

const names = [
  "Greta & Paul Winter",
  "Imani Brooks",
  "Leo Castellan",
  "The Okada family",
  "Sana & Bilal Rauf",
  "Walt Pruitt",
  "Nadia Orlov",
  "The Finch family",
  "Tomás Rivera",
  "Edith Larsson",
  "Yael & Omri Gal",
  "Dev Khanna",
];

/** Each channel's share of good contacts, how often it is rated in a week, and who answers there. */
const channels = [
  { medium: "phone", route: "inside", agent: "dana", type: "follow-up", good: 0.9, often: 3 },
  { medium: "phone", route: "territory", agent: "marcus", type: "appointment", good: 0.86, often: 2 },
  { medium: "email", route: "inside", agent: "mara", type: "follow-up", good: 0.78, often: 2 },
  { medium: "email", route: "territory", agent: "marcus", type: "proposal/price talk", good: 0.5, often: 2 },
  { medium: "onsite", route: "territory", agent: "ines", type: "design meeting", good: 0.93, often: 2 },
  { medium: "chat", route: "customer success", agent: "ruth", type: "status update", good: 0.87, often: 2 },
  { medium: "phone", route: "service upsell", agent: "amir", type: "repair", good: 0.84, often: 1 },
] as const;

const praise = ["", "", "Exactly what I had asked for.", "Quick and friendly.", "Knew our file without asking."];
const blame = [
  "I had to ask twice before anybody named a price.",
  "The mail answered a question that I had not asked.",
  "Nobody said what happens next.",
  "The price in the mail was another one than on the phone.",
];

/** What each of the past customers says of the relationship as a whole; null kept silent. */
const recommending = [10, 9, 9, null, 7, 10, 6, 9, null, 8, 10, null] as const;
const inWords = new Map([
  [5, "We have sent two friends to you already."],
  [6, "The house is fine. Getting an answer by mail took three tries."],
]);

/** The week in which the price mails went wrong, counted back from now. */
const badWeek = 4;

/** The company compares its design meetings with those of others, and asks how satisfied people are. */
const satisfied = "design meeting";
const asksSatisfaction = (type: string) => type === satisfied;

function ratingsOf(): (Rating & { type: string })[] {
  const random = seededRandom(7);
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  return Array.from({ length: weeks }, (_, each) => weeks - each).flatMap((weeksAgo) =>
    channels.flatMap(({ good, often, type, ...how }) =>
      Array.from({ length: often }, () => {
        const isGood = random() < (weeksAgo === badWeek && how.medium === "email" ? 0.1 : good);
        const outcome = isGood ? 4 + Math.round(random()) : 2 + Math.round(random());
        const comment = isGood ? one(praise) : one(blame);
        const said: Rating["said"] = asksSatisfaction(type)
          ? { disconfirmation: outcome - 4, csat: outcome, comment }
          : { expectation: 4, outcome, comment };
        return { ...how, type, weeksAgo, customer: Math.floor(random() * names.length), said };
      }),
    ),
  );
}

/** Customers whose homes were finished: they have been heard, and wait for nothing any more. */
async function pastCustomers(ctx: Context, oscId: string): Promise<string[]> {
  const { workspaceId } = ctx;
  const template = await ctx.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
  const last = await ctx.db.stage.findFirstOrThrow({
    where: { workspaceId, templateId: template.id },
    orderBy: { position: "desc" },
  });
  return transaction(ctx, async (ctx) => {
    const made = await createCustomers(
      ctx,
      names.map((name) => ({ name, origin: "referral", persons: [{ name }], provenance: "typed" as const })),
    );
    const began = new Date(ctx.now.getTime() - 300 * day);
    const ended = new Date(ctx.now.getTime() - 1 * day);
    const started = await startJourneys(
      ctx,
      made.map(({ customerId, name, primaryPersonId }) => ({
        ...{ customerId, customerName: name, personId: primaryPersonId, need: "a home" },
        osc: { memberId: oscId, reason: "round_robin" as const },
        history: [
          { stageKey: "first", at: began },
          { stageKey: last.key, at: ended },
        ],
        next: { name: "Yearly greeting" },
      })),
    );
    for (const [place, { customerId }] of made.entries()) {
      record(ctx, "customer.created", { subject: `customer:${customerId}`, customerId });
      await completeJourney(ctx, { customerId, journeyId: started[place]?.journeyId });
    }
    return made.map(({ customerId }) => customerId);
  });
}

/** What past customers said of four months of contacts, and of the relationship: the price mails break the promise that every other channel keeps. */
export async function hearCustomers(workspaceId: string, ids: ReadonlyMap<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  await inWorkspace(workspaceId, async () => {
    const customerIds = await pastCustomers(ctx, ids.get("dana") ?? "");
    await setSurvey(ctx, { ...plainSurvey, seconds: { [satisfied]: "csat" } });
    const ratings = ratingsOf();
    for (const type of new Set(ratings.map((rating) => rating.type))) {
      const own = ratings.filter((rating) => rating.type === type);
      await tellExample(ctx, { type, ratings: own }, { customerIds, agents: ids, isRecordedThen: true });
    }
    const asked = recommending.map((nps, each) => ({
      ...{ customerId: customerIds[each] ?? "", nps, comment: inWords.get(each) ?? "" },
      sentAt: new Date(now.getTime() - (5 + each) * 7 * day),
    }));
    await tellRelationship(ctx, asked);
  });
}
