import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { record, transaction } from "@/lib/transaction";
import type { Team } from "./owed";

const day = 86_400_000;

/** One thing that happened on a journey: on which day, into which stage, and what became of it. */
export type Happened = { day: number; stage: string; cause: string; status?: string; recorded?: number };

/** Writes journeys down as histories of their own: days count from `from`, and one is known from its day on unless said. */
export async function tellJourneys(
  team: Team,
  from: Date,
  told: readonly { origin?: string; osc?: string; events: readonly Happened[] }[],
): Promise<string[]> {
  const ctx = await team.worker(from);
  const { workspaceId } = ctx;
  const at = (on: number) => new Date(from.getTime() + on * day);
  return team.run(() =>
    transaction(ctx, async (ctx) => {
      const template = await ctx.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
      const stages = await ctx.db.stage.findMany({ where: { workspaceId, templateId: template.id } });
      const stageOf = (key: string) => {
        const found = stages.find((each) => each.key === key);
        if (!found) throw new Error(`There is no stage ${key}.`);
        return found;
      };
      const ids = told.map(() => ({ customerId: newId(), journeyId: newId() }));
      const customers = told.map(({ origin }, index) => ({
        ...{ workspaceId, id: ids[index]?.customerId, name: `Person ${index}`, origin: origin ?? null },
      }));
      await insertRows(ctx, "customers", customers);
      const journeys = told.map(({ osc, events }, index) => {
        const last = events.at(-1);
        const stage = stageOf(last?.stage ?? "");
        return {
          ...{ workspaceId, id: ids[index]?.journeyId, customerId: ids[index]?.customerId, templateId: template.id },
          ...{
            stageId: stage.id,
            status: last?.status === "lost" ? "lost" : "active",
            oscId: osc ?? team.osc.memberId,
          },
          ...{
            accountableSpokeId: stage.spokeId,
            enteredStageAt: at(last?.day ?? 0),
            lastActivityAt: at(last?.day ?? 0),
          },
          arrivedAt: at(events[0]?.day ?? 0),
          lostReason: last?.status === "lost" ? "price" : null,
        };
      });
      await insertRows(ctx, "journeys", journeys);
      const transitions = told.flatMap(({ events }, index) =>
        events.map(({ day: on, stage, cause, status, recorded }, seq) => ({
          ...{ workspaceId, id: newId(), journeyId: ids[index]?.journeyId, seq: seq + 1, toStageId: stageOf(stage).id },
          ...{ at: at(on), recordedAt: at(recorded ?? on), cause, status: status ?? "active", actor: "system" },
          spokeId: stageOf(stage).spokeId,
        })),
      );
      await insertRows(ctx, "stage_transitions", transitions);
      const assignments = told.map(({ osc, events }, index) => ({
        ...{ workspaceId, id: newId(), journeyId: ids[index]?.journeyId, memberId: osc ?? team.osc.memberId },
        ...{ fromAt: at(events[0]?.day ?? 0), reason: "round_robin", actor: "system" },
      }));
      await insertRows(ctx, "osc_assignments", assignments);
      record(ctx, "customers.told", { subject: `workspace:${workspaceId}` });
      return ids.map(({ journeyId }) => journeyId);
    }),
  );
}
