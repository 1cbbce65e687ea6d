import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { inWorkspace } from "../../lib/db";
import { endOnboarding, noteKickoff, setMilestone } from "../../lib/onboardings/commands";
import { defineFirstValue, measureFirstValue } from "../../lib/onboardings/first-value";
import { createPlan } from "../../lib/onboardings/plans";
import { getOnboarding } from "../../lib/onboardings/queries";
import { CreatePlan, DefineFirstValue, StartOnboarding } from "../../lib/onboardings/schema";
import { startOnboarding } from "../../lib/onboardings/start";
import { onboardingTasks } from "../../lib/onboardings/tasks";
import { contextAs } from "./stage";

const day = 86_400_000;

const milestone = (name: string, nameHe: string, spokeKey: string, dueDays: number, isCustomerVisible = true) => ({
  ...{ name, nameHe, spokeKey, dueDays, isCustomerVisible },
});

const milestones = [
  milestone("Promises of the sale read through", "קריאת ההבטחות מהמכירה", "cs", 2, false),
  milestone("Welcome meeting", "פגישת היכרות", "cs", 7),
  milestone("Selections complete", "כל הבחירות נעשו", "design", 15),
  milestone("Building permit in hand", "היתר הבנייה ביד", "implementation", 24),
  milestone("First walk through the frame", "סיור ראשון בשלד", "implementation", 38),
  milestone("Keys and a home that works", "מפתחות ובית שעובד", "cs", 60),
];

const firstValue = {
  text: "They walk through their own rooms for the first time.",
  sign: "They tell us by themselves which room they liked.",
};

type Won = { customerId: string; wonAt: Date };

/** Customers who were won: the first two, and the last three. */
async function readWon(ctx: Context): Promise<Won[]> {
  const won = await ctx.db.$queryRaw<Won[]>`
    select * from (select j.customer_id as "customerId", (select min(at) from stage_transitions s where s.workspace_id = j.workspace_id
        and s.journey_id = j.id and s.status in ('won', 'completed')) as "wonAt"
      from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid and j.is_primary and j.status in ('won', 'completed')) x
    where "wonAt" is not null order by "wonAt", "customerId"`;
  return [...won.slice(0, 2), ...won.slice(2).slice(-3)];
}

type Stage = { workspaceId: string; ids: Map<string, string>; now: Date };
/** How it went: in time or slowly, how many milestones were done at most, and after how many days the kickoff and the first value came. */
type Course = { isSlow: boolean; most: number; kickoffAfter: number | null; valueAfter: number | null; ends: boolean };

const courses: readonly Course[] = [
  { isSlow: false, most: 6, kickoffAfter: 9, valueAfter: 38, ends: true },
  { isSlow: true, most: 2, kickoffAfter: 23, valueAfter: null, ends: false },
  { isSlow: false, most: 6, kickoffAfter: 8, valueAfter: 41, ends: false },
  { isSlow: true, most: 1, kickoffAfter: null, valueAfter: null, ends: false },
  { isSlow: false, most: 6, kickoffAfter: 7, valueAfter: null, ends: false },
];

const key = (date: Date) => date.toISOString().slice(0, 10);

async function tellCourse(stage: Stage, { customerId, wonAt }: Won, course: Course): Promise<void> {
  const { workspaceId, ids, now } = stage;
  const at = (days: number) => new Date(Math.min(now.getTime() - 3_600_000, wonAt.getTime() + days * day));
  const ruth = (days: number) => contextAs(workspaceId, ids, "ruth", at(days));
  const targetOn = key(new Date(wonAt.getTime() + 45 * day));
  const begun = await ruth(1);
  await defineFirstValue(begun, DefineFirstValue.parse({ customerId, ...firstValue, targetOn, version: 0 }));
  const { id } = await startOnboarding(begun, StartOnboarding.parse({ customerId }));
  const { milestones: all } = await getOnboarding(begun, { id });
  for (const { id: milestoneId, dueAt } of all.slice(0, course.most)) {
    const done = new Date(Date.parse(dueAt) + (course.isSlow ? 9 : -1) * day);
    if (done >= now) break;
    const ctx = await contextAs(workspaceId, ids, "ruth", done);
    await setMilestone(ctx, { id, milestoneId, version: 1, state: "done", note: "" });
  }
  if (course.kickoffAfter !== null) {
    const ctx = await ruth(course.kickoffAfter + 1);
    if (at(course.kickoffAfter) < ctx.now) await noteKickoff(ctx, { id, on: key(at(course.kickoffAfter)) });
  }
  if (course.valueAfter !== null) {
    const noted = await ruth(course.valueAfter + 2);
    const evidence = "Walked the frame on Saturday and named the reading corner.";
    if (at(course.valueAfter) < noted.now)
      await measureFirstValue(noted, { customerId, evidence, reachedOn: key(at(course.valueAfter)) });
  }
  const ninetieth = new Date(wonAt.getTime() + 90 * day);
  if (ninetieth < now) {
    const worker = await systemContext(workspaceId, { now: ninetieth });
    await onboardingTasks["onboarding.keep_health"]?.(worker, { onboardingId: id });
  }
  if (!course.ends) return;
  const last = await ruth(100);
  const { version } = await getOnboarding(last, { id });
  await endOnboarding(last, { id, version, state: "done", note: "They wrote to us on their first evening at home." });
}

/** Onboardings of those who were won: one is done, one is late, others have begun; by a plan of the house. */
export async function takeThemIn(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  await inWorkspace(workspaceId, async () => {
    const owner = await contextAs(workspaceId, ids, "owner", new Date(now.getTime() - 200 * day));
    await createPlan(owner, CreatePlan.parse({ name: "A new home", milestones }));
    const won = await readWon(ctx);
    for (const [place, each] of won.entries()) {
      const course = courses[place];
      if (course) await tellCourse({ workspaceId, ids, now }, each, course);
    }
  });
}
