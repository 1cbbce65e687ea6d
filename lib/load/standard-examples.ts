import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { createCustomer } from "../customers/create";
import { CreateCustomer } from "../customers/schema";
import { judgeInteraction } from "../evaluations/commands";
import { newId } from "../identifiers";
import { insertInteractions, logInteraction } from "../interactions/commands";
import { LogInteraction } from "../interactions/schema";
import { writeResponse } from "../responses/commands";
import { GiveResponse } from "../responses/schema";
import { publishStandard, saveStandardDraft } from "../standards/commands";
import { CriterionInput } from "../standards/schema";
import { record, transaction } from "../transaction";
import { good, workingHour } from "./example-frame";

const minute = 60_000;

const criteria = [
  { name: "Greeted and identified", weight: 10 },
  { name: "Answered within 20 seconds", weight: 20 },
  { name: "Named the next step and its date", weight: 30 },
  { name: "Took name, phone and e-mail", weight: 25 },
  { name: "Said that the call is recorded", weight: 15, critical: "compliance" },
] as const;

/** Which criteria each of the two contacts kept: the second missed the critical one. */
const kept = [
  [true, true, false, true, true],
  [true, true, false, true, false],
] as const;

const type = "Example F32";

async function publishExample(ctx: Context): Promise<string> {
  const id = newId();
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const standardId = newId();
    await ctx.db.standard.create({
      data: { workspaceId, id: standardId, medium: "phone", interactionType: type, createdAt: ctx.now },
    });
    await ctx.db.standardVersion.create({ data: { workspaceId, id, standardId, number: 1, createdAt: ctx.now } });
    record(ctx, "standard.created", { subject: `standard:${standardId}`, detail: { medium: "phone", type } });
    const written = criteria.map((criterion) => CriterionInput.parse({ ...criterion, kind: "operational" }));
    const { version } = await saveStandardDraft(ctx, { id, version: 1, passMark: 0.7, criteria: written });
    await publishStandard(ctx, { id, version });
    return id;
  });
}

/** Two contacts judged by a standard of five criteria, one of them critical (DOMAIN F32, F32b). */
export async function tellStandard(ctx: Context, customerId: string, agentId: string): Promise<void> {
  const { workspaceId } = ctx;
  const versionId = await publishExample({ ...ctx, now: workingHour(ctx.now, 3) });
  const found = await ctx.db.standardCriterion.findMany({
    where: { workspaceId, versionId },
    select: { id: true },
    orderBy: { position: "asc" },
  });
  for (const [each, passed] of kept.entries()) {
    const id = newId();
    const startedAt = new Date(workingHour(ctx.now, 1).getTime() + each * minute);
    await transaction(ctx, async (ctx) => {
      const about = { medium: "phone", direction: "outbound", isTwoWay: true, moments: [] };
      await insertInteractions(ctx, [{ ...about, id, customerId, type, startedAt, agentId }]);
      await judgeInteraction(
        { ...ctx, roles: ["qa"] },
        {
          id,
          results: found.map((criterion, place) => ({
            criterionId: criterion.id,
            result: passed[place] ? ("passed" as const) : ("missed" as const),
          })),
          comment: "",
        },
      );
      const answeredAt = new Date(startedAt.getTime() + 60 * minute).toISOString();
      await writeResponse(ctx, { ...GiveResponse.parse({ ...good, answeredAt }), interactionId: id });
    });
  }
}

/** Minutes to the first answer, one lead a week (DOMAIN F37). */
const minutes = [12, 14, 11, 13, 15, 12, 14, 30, 13, 12];

/** A lead in each of ten weeks, answered after so many minutes. */
export async function tellSpeed(ctx: Context): Promise<void> {
  for (const [each, value] of minutes.entries()) {
    const at = workingHour(ctx.now, minutes.length - each);
    const arriving = await systemContext(ctx.workspaceId, { now: at });
    const name = `Lead ${each + 1}`;
    const customer = CreateCustomer.parse({ persons: [{ name }], duplicates: "create" });
    const { id: customerId } = await createCustomer(arriving, customer);
    const about = { customerId, medium: "phone", type: "first inquiry" } as const;
    await logInteraction(arriving, LogInteraction.parse({ ...about, direction: "inbound" }));
    const answering = { ...arriving, now: new Date(at.getTime() + value * minute) };
    await logInteraction(answering, LogInteraction.parse({ ...about, direction: "outbound", isTwoWay: true }));
  }
}
