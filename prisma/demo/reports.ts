import { dayKey } from "../../lib/calendar/day";
import { inWorkspace } from "../../lib/db";
import { setProgrammeGoal } from "../../lib/osc-programme/commands";
import { createReport, scheduleReport } from "../../lib/saved-reports/commands";
import { CreateReport } from "../../lib/saved-reports/schema";
import { contextAs } from "./stage";

const shared = [
  {
    name: "Contacts by medium and department",
    definition: {
      subject: "interactions",
      period: { days: 90 },
      groupBy: ["medium", "department"],
      measures: ["two_way", "duration"],
      chart: "bar",
    },
  },
  {
    name: "Where arrivals of the quarter stand",
    definition: {
      subject: "customers",
      groupBy: ["stage"],
      measures: ["won", "answered", "first_response"],
      chart: "bar",
    },
  },
] as const;

/** Two reports that the whole workspace may use; the first goes to its owner by mail every Monday. */
export async function saveReports(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await contextAs(workspaceId, ids, "dana", now);
  await inWorkspace(ctx.workspaceId, async () => {
    for (const [place, report] of shared.entries()) {
      const { id, version } = await createReport(ctx, CreateReport.parse({ ...report, isShared: true }));
      const schedule = { every: "weekly" as const, weekday: 1, minute: 8 * 60 };
      if (place === 0 && ctx.memberId)
        await scheduleReport(ctx, { id, version, schedule, recipientIds: [ctx.memberId] });
    }
  });
}

/** What Theo aims at this month. */
export async function aimAt(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await contextAs(workspaceId, ids, "owner", now);
  const goal = { month: dayKey(ctx.timeZone, now).slice(0, 7), sales: 20, version: 0 };
  await inWorkspace(workspaceId, () => setProgrammeGoal({ ...ctx, roles: ["manager"] }, goal));
}
