import type { Endpoint } from "../server/api-endpoint";
import { accountEndpoints } from "./accounts";
import { bulkEndpoints } from "./bulk";
import { codingRoundEndpoints } from "./coding-rounds";
import { consistencyEndpoints } from "./consistency";
import { csmHourEndpoints } from "./csm-hours";
import { customerBatchEndpoints } from "./customer-batch";
import { customerEndpoints } from "./customers";
import { digestEndpoints } from "./digests";
import { driverEndpoints } from "./drivers";
import { enablementEndpoints } from "./enablement";
import { evaluationEndpoints } from "./evaluations";
import { eventEndpoints } from "./events";
import { exportEndpoints } from "./exports";
import { handoffEndpoints } from "./handoffs";
import { importEndpoints } from "./imports";
import { improvementEndpoints } from "./improvements";
import { interactionEndpoints } from "./interactions";
import { journeyEndpoints } from "./journeys";
import { keyEndpoints } from "./keys";
import { leakEndpoints } from "./leaks";
import { memberEndpoints } from "./members";
import { mergeEndpoints } from "./merges";
import { onboardingEndpoints } from "./onboardings";
import { priceRuleEndpoints } from "./price-rules";
import { productEndpoints } from "./products";
import { programmeEndpoints } from "./programme";
import { proposalEndpoints } from "./proposals";
import { recoveryCaseEndpoints } from "./recovery-cases";
import { relayEndpoints } from "./relays";
import { reportEndpoints } from "./reports";
import { responseEndpoints } from "./responses";
import { runEndpoints } from "./runs";
import { savedReportEndpoints } from "./saved-reports";
import { scenarioLabEndpoints } from "./scenario-lab";
import { scenarioEndpoints } from "./scenarios";
import { screenEndpoints } from "./screens";
import { sellingTeamEndpoints } from "./selling-teams";
import { standardEndpoints } from "./standards";
import { templateEndpoints } from "./templates";
import { themeEndpoints } from "./themes";
import { viewEndpoints } from "./views";
import { appointmentEndpoints, promiseEndpoints, taskEndpoints } from "./work";
import { workspaceEndpoints } from "./workspace";

/** Every operation of the public API, in the order of its documentation. */
export const endpoints: readonly Endpoint[] = [
  ...customerEndpoints,
  ...customerBatchEndpoints,
  ...mergeEndpoints,
  ...interactionEndpoints,
  ...responseEndpoints,
  ...journeyEndpoints,
  ...relayEndpoints,
  ...promiseEndpoints,
  ...taskEndpoints,
  ...appointmentEndpoints,
  ...viewEndpoints,
  ...templateEndpoints,
  ...standardEndpoints,
  ...evaluationEndpoints,
  ...enablementEndpoints,
  ...digestEndpoints,
  ...themeEndpoints,
  ...codingRoundEndpoints,
  ...recoveryCaseEndpoints,
  ...handoffEndpoints,
  ...csmHourEndpoints,
  ...improvementEndpoints,
  ...leakEndpoints,
  ...programmeEndpoints,
  ...scenarioEndpoints,
  ...scenarioLabEndpoints,
  ...onboardingEndpoints,
  ...productEndpoints,
  ...proposalEndpoints,
  ...priceRuleEndpoints,
  ...sellingTeamEndpoints,
  ...accountEndpoints,
  ...reportEndpoints,
  ...savedReportEndpoints,
  ...consistencyEndpoints,
  ...driverEndpoints,
  ...runEndpoints,
  ...importEndpoints,
  ...bulkEndpoints,
  ...exportEndpoints,
  ...screenEndpoints,
  ...memberEndpoints,
  ...workspaceEndpoints,
  ...eventEndpoints,
  ...keyEndpoints,
];
