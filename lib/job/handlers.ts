import { appointmentTasks } from "../appointments/tasks";
import { bulkTasks } from "../bulk/tasks";
import { clockDigests, digestTasks } from "../digest/tasks";
import { mailTasks } from "../email/tasks";
import { enablementTasks } from "../enablement/tasks";
import { evaluationTasks } from "../evaluations/tasks";
import { purgePast } from "../events/purge";
import { handoffTasks } from "../handoffs/tasks";
import { importTasks } from "../imports/tasks";
import { journeyTasks, type TaskHandler } from "../journeys/tasks";
import { onboardingTasks } from "../onboardings/tasks";
import { promiseTasks } from "../promises/tasks";
import { expireAllProposals } from "../proposals/tasks";
import { recoveryCaseTasks } from "../recovery-cases/tasks";
import { relayTasks } from "../relays/tasks";
import { clockAllRelationships } from "../responses/relationship";
import { surveyTasks } from "../responses/tasks";
import { requestNightlyRuns, runTasks } from "../runs/tasks";
import { savedReportTasks } from "../saved-reports/tasks";
import { themeTasks } from "../themes/tasks";

export type { TaskHandler };

/** What runs once a night for the whole installation, by task name. */
export const nightlyTasks: Record<string, (now: Date) => Promise<unknown>> = {
  "past.purge": purgePast,
  "runs.nightly": requestNightlyRuns,
  "digests.clock": clockDigests,
  "proposals.expire": expireAllProposals,
  "relationships.clock": clockAllRelationships,
};

/** Every job the worker knows, by task name. */
export const taskHandlers: Record<string, TaskHandler> = {
  ...journeyTasks,
  ...relayTasks,
  ...handoffTasks,
  ...promiseTasks,
  ...appointmentTasks,
  ...importTasks,
  ...bulkTasks,
  ...mailTasks,
  ...evaluationTasks,
  ...surveyTasks,
  ...themeTasks,
  ...onboardingTasks,
  ...recoveryCaseTasks,
  ...runTasks,
  ...enablementTasks,
  ...digestTasks,
  ...savedReportTasks,
};
