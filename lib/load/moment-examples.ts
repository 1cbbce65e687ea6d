import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { insertInteractions } from "../interactions/commands";
import { loseJourney } from "../journeys/endings";
import { startJourneys } from "../journeys/start";
import { writeResponse } from "../responses/commands";
import { GiveResponse } from "../responses/schema";
import { record, transaction } from "../transaction";
import { good, short, workingHour } from "./example-frame";

/** How a moment went: missed, done, done well. */
type State = 0 | 1 | 2;
const states = ["missed", "done", "done_well"] as const;

/** One contact: how each moment went, null where it was not seen, and what the customer said, if anything. */
type SeenContact = { seen: readonly (State | null)[]; said?: Record<string, number> };

/** A worked example about moments, an interaction type of its own. */
export type MomentExample = { type: string; moments: readonly string[]; contacts: readonly SeenContact[] };

const bad = { expectation: 4, outcome: 2 };
const sayings = { 1: good, 0: short, [-1]: bad } as const;
type Judgement = keyof typeof sayings;

const many = (n: number, seen: SeenContact["seen"], judgement?: Judgement): SeenContact[] =>
  Array.from({ length: n }, () => ({ seen, ...(judgement === undefined ? {} : { said: sayings[judgement] }) }));

/** Sixteen kinds of contact in such numbers that every pair of columns correlates as the example says (DOMAIN F38). */
function correlated(): SeenContact[] {
  const correlations = [
    [0, 1, 0.5],
    [0, 2, 0.3],
    [1, 2, 0.4],
    [0, 3, 0.5],
    [1, 3, 0.6],
    [2, 3, 0.4],
  ] as const;
  return Array.from({ length: 16 }, (_, cell) => {
    const signs = [0, 1, 2, 3].map((bit) => (cell & (1 << bit) ? 1 : -1));
    const sum = correlations.reduce((total, [i, j, r]) => total + r * (signs[i] ?? 0) * (signs[j] ?? 0), 0);
    const seen = signs.slice(0, 3).map((sign): State => (sign > 0 ? 1 : 0));
    return many(Math.round(10 * (1 + sum)), seen, signs[3] === 1 ? 1 : -1);
  }).flat();
}

/** Three moments whose shares are .34, .25 and .41, seen together in 115 rated contacts. */
const together: SeenContact[] = [
  ...many(12, [0, 0, 0], -1),
  ...many(12, [0, 2, 2], 1),
  ...many(12, [2, 0, 2], 1),
  ...many(12, [2, 2, 0], 1),
  ...many(5, [0, 1, 0], -1),
  ...many(5, [0, 1, 2], 1),
  ...many(5, [2, 1, 0], 1),
  ...many(5, [2, 1, 2], 1),
  ...many(1, [1, 0, 1], 0),
  ...many(1, [1, 2, 1], 1),
  ...many(3, [1, 1, 0], -1),
  ...many(1, [1, 1, 0], 0),
  ...many(3, [1, 1, 0], 1),
  ...many(7, [1, 1, 2], 1),
  ...many(1, [1, 1, 1], 0),
  ...many(30, [1, 1, 1], 1),
].map(({ seen, ...rest }) => ({ seen: [...seen, null, null], ...rest }));

/** The same three alone, and two more, so that each is rated, pulled and seen as often as the example says (DOMAIN F39). */
const apart: SeenContact[] = [
  ...many(34, [1, null, null, null, null], 1),
  ...many(31, [1, null, null, null, null], 0),
  ...many(90, [null, 1, null, null, null], 1),
  ...many(16, [null, null, null, 1, null], 1),
  ...many(4, [null, null, null, 1, null], 0),
  ...many(8, [null, null, null, null, 1], 1),
  ...many(2, [null, null, null, null, 1], 0),
  ...many(220, [1, null, null, null, null]),
  ...many(695, [null, 1, null, null, null]),
  ...many(35, [null, null, 1, null, null]),
];

const ratings = ["Responsiveness", "Clarity", "Follow-through"];

/** Every example about what customers say of moments. */
export const momentExamples: readonly MomentExample[] = [
  { type: "Example F38", moments: ratings, contacts: correlated() },
  { type: "Example F38b", moments: ratings, contacts: correlated() },
  {
    type: "Example F39",
    moments: ["Handover call", "First reply", "Price explanation", "Welcome", "Thanks given"],
    contacts: [...together, ...apart],
  },
];

/** Won journeys and all of them, by whether the reply was fast and the next step named (DOMAIN F38c). */
const endings = [
  { seen: [0, 0], won: 8, n: 40 },
  { seen: [1, 0], won: 12, n: 30 },
  { seen: [0, 1], won: 15, n: 30 },
  { seen: [1, 1], won: 35, n: 50 },
] as const;

async function makeMoments(ctx: Context, type: string, names: readonly string[]): Promise<string[]> {
  const { workspaceId } = ctx;
  const ids: string[] = [];
  for (const [position, name] of names.entries()) {
    const id = newId();
    ids.push(id);
    await ctx.db.definingMoment.create({
      data: { workspaceId, id, interactionType: type, name, position, responsibleRole: "osc", createdAt: ctx.now },
    });
    record(ctx, "moment.created", { subject: `defining_moment:${id}`, detail: { interactionType: type, name } });
  }
  return ids;
}

type Contact = SeenContact & { id: string; customerId: string; journeyId?: string | null; at: Date };

async function writeContacts(ctx: Context, type: string, momentIds: readonly string[], rows: readonly Contact[]) {
  const { workspaceId } = ctx;
  await insertInteractions(
    ctx,
    rows.map(({ id, customerId, journeyId, at }) => ({
      ...{ id, customerId, type, startedAt: at, medium: "phone", direction: "outbound", isTwoWay: true, moments: [] },
      journeyId: journeyId ?? null,
    })),
  );
  const observations = rows.flatMap(({ id: interactionId, at, seen }) =>
    seen.flatMap((state, place) => {
      const about = { workspaceId, interactionId, momentId: momentIds[place] ?? "", observedAt: at };
      return state === null ? [] : [{ ...about, id: newId(), state: states[state], observerKind: "qa" }];
    }),
  );
  await insertRows(ctx, "moment_observations", observations);
  for (const { id, at, said } of rows) {
    if (!said) continue;
    const answeredAt = new Date(at.getTime() + 3_600_000).toISOString();
    await writeResponse(ctx, { ...GiveResponse.parse({ ...said, answeredAt }), interactionId: id });
  }
  record(ctx, "moments.observed", { subject: `workspace:${workspaceId}`, detail: { type, contacts: rows.length } });
}

/** Writes the contacts of one example with what was seen and said of them, in one transaction. */
export async function tellMoments(
  ctx: Context,
  { type, moments, contacts }: MomentExample,
  customerIds: readonly string[],
): Promise<void> {
  const start = workingHour(ctx.now, 2).getTime();
  await transaction(ctx, async (ctx) => {
    const momentIds = await makeMoments(ctx, type, moments);
    const rows = contacts.map((contact, each) => {
      const customerId = customerIds[each % customerIds.length] ?? "";
      return { ...contact, id: newId(), customerId, at: new Date(start + each * 60_000) };
    });
    await writeContacts(ctx, type, momentIds, rows);
  });
}

/** Starts, accompanies and ends a hundred and fifty journeys, won or lost as the example says (DOMAIN F38c). */
export async function tellEndings(ctx: Context, oscId: string): Promise<void> {
  const began = workingHour(ctx.now, 4);
  const spoke = workingHour(ctx.now, 3);
  const people = endings.flatMap(({ seen, won, n }) =>
    Array.from({ length: n }, (_, each) => ({ seen, isWon: each < won })),
  );
  await transaction(ctx, async (ctx) => {
    const name = (each: number) => `Journey ${each + 1}`;
    const made = await createCustomers(
      ctx,
      people.map((_, each) => ({ name: name(each), persons: [{ name: name(each) }], provenance: "typed" as const })),
    );
    const started = await startJourneys(
      ctx,
      made.map(({ customerId, name: customerName, primaryPersonId: personId }, each) => ({
        ...{ customerId, customerName, personId, need: "a home" },
        osc: { memberId: oscId, reason: "round_robin" as const },
        history: [
          { stageKey: "first", at: began },
          ...(people[each]?.isWon ? [{ stageKey: "won", at: workingHour(ctx.now, 1) }] : []),
        ],
        next: { name: "Yearly greeting" },
      })),
    );
    const type = "Example F38c";
    const momentIds = await makeMoments(ctx, type, ["Fast reply", "Next step named"]);
    const contacts = made.map(({ customerId }, each) => {
      const journeyId = started[each]?.journeyId ?? null;
      return { id: newId(), customerId, journeyId, at: spoke, seen: people[each]?.seen ?? [] };
    });
    await writeContacts(ctx, type, momentIds, contacts);
    for (const [each, { customerId, journeyId }] of contacts.entries()) {
      record(ctx, "customer.created", { subject: `customer:${customerId}`, customerId });
      if (people[each]?.isWon || !journeyId) continue;
      await loseJourney(ctx, { customerId, journeyId, lostReason: "price", byCustomer: true });
    }
  });
}
