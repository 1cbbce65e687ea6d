import { randomBytes } from "node:crypto";
import { systemContext } from "../auth/context";
import { hashPassword } from "../auth/password";
import type { Context } from "../context";
import { createCustomer } from "../customers/create";
import { CreateCustomer } from "../customers/schema";
import { asUser, inWorkspace } from "../db";
import { newId } from "../identifiers";
import { requestRun } from "../runs/commands";
import { performRun } from "../runs/tasks";
import { draftPolicy, publishPolicy } from "../scenarios/commands";
import { record, transaction } from "../transaction";
import { createWorkspace } from "../workspaces/setup";
import { tellDelays } from "./delay-example";
import { tellEnablement } from "./enablement-example";
import { good, short } from "./example-frame";
import { tellHandoffs } from "./handoff-examples";
import { runLab, tellLab } from "./lab-example";
import { momentExamples, tellEndings, tellMoments } from "./moment-examples";
import { effectSellers, tellOffers } from "./offer-examples";
import { runRecovery, tellRecovery } from "./recovery-example";
import { tellRules } from "./rule-example";
import { tellSpeed, tellStandard } from "./standard-examples";
import { type Example, type Rating, tellExample } from "./tell-example";
import { tellThemes } from "./theme-examples";

const rated = (k: number, n: number, rest: Omit<Rating, "said">): Rating[] =>
  Array.from({ length: n }, (_, each) => ({ ...rest, said: each < k ? good : short }));

const people = [
  ["Ann Aster", "phone", 30, 100],
  ["Ben Brandt", "email", 66, 120],
  ["Cal Cole", "chat", 49, 70],
  ["Dov Dror", "onsite", 1, 5],
  ["Eve Ersan", "sms", 12, 40],
] as const;

const byPerson = people.flatMap(([agent, medium, k, n]) => rated(k, n, { agent, medium }));
const byMedium = (counts: readonly (readonly [string, number, number])[]) =>
  counts.flatMap(([medium, k, n]) => rated(k, n, { medium }));

const served: readonly (readonly (readonly [string, string, boolean])[])[] = [
  [
    ["phone", "inside", true],
    ["email", "territory", true],
  ],
  [
    ["phone", "inside", true],
    ["email", "territory", false],
    ["chat", "alliance", true],
  ],
  [
    ["phone", "inside", true],
    ["email", "territory", true],
    ["chat", "alliance", true],
  ],
  [["phone", "inside", true]],
  [
    ["phone", "inside", false],
    ["email", "territory", false],
  ],
  [
    ["phone", "inside", true],
    ["email", "territory", true],
  ],
];

const scores = {
  csat: [5, 4, 4, 3, 5, 2, 4, 5, 1, 4],
  ces: [7, 6, 5, 5, 4, 3, 6, 7, 2, 5],
  nps: [10, 9, 9, 8, 7, 6, 10, 3, 9, 8, 10, 5],
};
const against: readonly (readonly [number | null, number])[] = [
  [3, 5],
  [4, 4],
  [5, 4],
  [5, 3],
  [2, 2],
  [3, 3],
  [null, 4],
  [1, 3],
];
const weekly = [
  [34, 40],
  [43, 50],
  [40, 45],
  [18, 30],
  [51, 60],
  [16, 20],
] as const;

/**
 * Four media and all of them together, as seldom positive as the example's p values say at a target of 80 %, in its order: phone, all
 * together, e-mail, chat, text. The others are too few to be judged (DOMAIN F90).
 */
const together = [
  ["phone", 23, 40],
  ["email", 127, 172],
  ["chat", 120, 162],
  ["sms", 24, 33],
  ["video", 19, 19],
  ["onsite", 19, 19],
  ["social", 19, 19],
  ["portal", 10, 13],
] as const;

/** Every example with its data (DOMAIN F30, F31, F33 to F36d, F89, F90). */
export const examples: readonly Example[] = [
  {
    type: "Example F30",
    ratings: scores.nps.map((nps, each) => ({
      medium: "phone",
      said: { nps, ...(each < 10 ? { csat: scores.csat[each] ?? 0, ces: scores.ces[each] ?? 0 } : {}) },
    })),
  },
  {
    type: "Example F31",
    ratings: against.map(([expectation, outcome]) => ({
      medium: "phone",
      said: { outcome, ...(expectation === null ? {} : { expectation }) },
    })),
  },
  {
    type: "Example F33",
    ratings: byMedium([
      ["phone", 1, 5],
      ["email", 0, 5],
      ["chat", 5, 5],
      ["sms", 9, 20],
      ["onsite", 170, 200],
    ]),
  },
  { type: "Example F34", ratings: byPerson },
  {
    type: "Example F34b",
    ratings: byMedium([
      ["phone", 8, 10],
      ["email", 7, 10],
      ["chat", 9, 10],
    ]),
  },
  {
    type: "Example F35",
    ratings: byMedium([
      ["phone", 170, 200],
      ["email", 120, 160],
      ["chat", 66, 80],
      ["onsite", 45, 50],
      ["sms", 6, 10],
    ]),
  },
  {
    type: "Example F35b",
    ratings: served.flatMap((contacts, customer) =>
      contacts.map(([medium, route, isGood]) => ({ medium, route, customer, said: isGood ? good : short })),
    ),
  },
  {
    type: "Example F36",
    ratings: weekly.flatMap(([k, n], each) => rated(k, n, { medium: "phone", weeksAgo: weekly.length - each })),
  },
  { type: "Example F36d", ratings: byPerson },
  {
    type: "Example F89",
    ratings: [...rated(14, 80, { medium: "phone", weeksAgo: 30 }), ...rated(28, 80, { medium: "phone" })],
  },
  { type: "Example F90", ratings: byMedium(together) },
];

/** Who takes over in the worked example F62. */
const receiver = "Noa Nash";

async function makeAgents(ctx: Context): Promise<Map<string, string>> {
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const spokes = await ctx.db.spoke.findMany({ where: { workspaceId } });
    const ids = new Map<string, string>();
    for (const name of [...people.map(([name]) => name), ...effectSellers, receiver]) {
      const id = newId();
      ids.set(name, id);
      const role = name === receiver ? "design" : "sales";
      const spokeId = spokes.find(({ key }) => key === role)?.id ?? null;
      // Only who works here may take over.
      const status = name === receiver ? "active" : "invited";
      await ctx.db.member.create({ data: { workspaceId, id, name, roles: [role], spokeId, status } });
      record(ctx, "member.added", { subject: `member:${id}`, detail: { name, roles: [role] } });
    }
    return ids;
  });
}

async function makeCustomers(ctx: Context, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let each = 1; each <= count; each++) {
    const input = CreateCustomer.parse({ persons: [{ name: `Example Customer ${each}` }], duplicates: "create" });
    ids.push((await createCustomer(ctx, input)).id);
  }
  return ids;
}

/**
 * Tells the examples of these types with agents and customers of their own; who they are by name, and the ids of the customers.
 */
export async function tellExperience(
  ctx: Context,
  types: readonly string[] = examples.map(({ type }) => type),
): Promise<{ agents: Map<string, string>; customerIds: string[] }> {
  const agents = await makeAgents(ctx);
  const customerIds = await makeCustomers(ctx, served.length);
  for (const example of examples)
    if (types.includes(example.type)) await tellExample(ctx, example, { customerIds, agents });
  return { agents, customerIds };
}

/** Which moments carry weight, so that the screens have something to show at once. */
async function findDrivers(workspaceId: string): Promise<void> {
  const ctx = await systemContext(workspaceId);
  const { id } = await requestRun(ctx, { kind: "drivers", parameters: {} });
  await performRun(ctx, id);
}

/**
 * Makes a workspace in which every worked example of the measures of experience can be read off the screens, each under an
 * interaction type of its own, those of the scenarios of customer success, and what recovery plays add. Throws `conflict` `slug_taken` when it is there already.
 */
export async function seedExamples(
  slug = "examples",
  now = new Date(),
): Promise<{ slug: string; workspaceId: string; email: string; password: string; ratings: number }> {
  const email = `manager@${slug}.example`;
  const owner = { name: "Emma Examples", email };
  const { workspaceId, ownerMemberId } = await createWorkspace({
    slug,
    name: "Worked examples",
    timeZone: "UTC",
    isDemo: true,
    owner,
  });
  const password = `wheel-${randomBytes(6).toString("hex")}`;
  const userId = newId();
  const passwordHash = await hashPassword(password);
  await asUser(null, (db) => db.user.create({ data: { id: userId, ...owner, passwordHash, emailVerifiedAt: now } }));
  const ctx = await systemContext(workspaceId, { now });
  await inWorkspace(workspaceId, async () => {
    await ctx.db.member.updateMany({ where: { workspaceId, id: ownerMemberId }, data: { userId, status: "active" } });
    const { agents, customerIds } = await tellExperience(ctx);
    for (const example of momentExamples) await tellMoments(ctx, example, customerIds);
    await tellEndings(ctx, ownerMemberId);
    await tellStandard(ctx, customerIds[0] ?? "", agents.get("Ann Aster") ?? "");
    await tellSpeed(ctx);
    await tellDelays(ctx, customerIds);
    await tellThemes(ctx, { customerIds, ownerId: ownerMemberId });
    await tellEnablement(ctx, customerIds);
    await publishPolicy(ctx, await draftPolicy(ctx));
    await findDrivers(workspaceId);
    // Deals that the drivers' run did not know yet: its own examples keep the journeys that are theirs.
    const after = await systemContext(workspaceId);
    await tellRules(after, ownerMemberId);
    await tellLab(after, ownerMemberId);
    await runLab(after);
    await tellRecovery(after, ownerMemberId);
    await runRecovery(after);
    await tellOffers(after, ownerMemberId, agents);
    const senderId = agents.get("Ann Aster") ?? "";
    await tellHandoffs(after, ownerMemberId, { senderId, receiverId: agents.get(receiver) ?? "" });
  });
  return {
    slug,
    workspaceId,
    email,
    password,
    ratings: examples.reduce((sum, { ratings }) => sum + ratings.length, 0),
  };
}
