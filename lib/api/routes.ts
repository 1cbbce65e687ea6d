import type { Endpoint } from "../server/api-endpoint";
import { customerEndpoints } from "./customers";
import { eventEndpoints } from "./events";
import { importEndpoints } from "./imports";
import { interactionEndpoints } from "./interactions";
import { journeyEndpoints } from "./journeys";
import { keyEndpoints } from "./keys";
import { memberEndpoints } from "./members";
import { mergeEndpoints } from "./merges";
import { reportEndpoints } from "./reports";
import { templateEndpoints } from "./templates";
import { viewEndpoints } from "./views";

/** Every operation of the public API, in the order of its documentation. */
export const endpoints: readonly Endpoint[] = [
  ...customerEndpoints,
  ...mergeEndpoints,
  ...interactionEndpoints,
  ...journeyEndpoints,
  ...viewEndpoints,
  ...templateEndpoints,
  ...reportEndpoints,
  ...importEndpoints,
  ...memberEndpoints,
  ...eventEndpoints,
  ...keyEndpoints,
];
